"""What the rows and columns of a map are called in other people's tables, in the languages that maps are made in.

The field's tools disagree about words (a "stage" is a phase to most and a step to one, an "episode" is a phase), so
that each word stands for what it means in most of them.
"""

from __future__ import annotations

import re
from functools import cache

PHASE, STEP, EMOTION, SCORE, CHANNEL, QUOTES, ROLE = "phase", "step", "emotion", "score", "channel", "quotes", "role"
TITLE, ACTOR, SCENARIO, GOAL, EXPECTATIONS = "title", "actor", "scenario", "goal", "expectations"

_WORDS = {
    PHASE: """phase; phases; stage; stages; journey stage; journey phase; episode; section; etappe; etappen;
        abschnitt; phasen; étape du parcours; étapes du parcours; fase; fases; fasi; etapa; etapas; faza; fazy;
        etap; etapy; фаза; фазы; фази; этап; этапы; етап; етапи; aşama; aşamalar; 阶段; 階段; フェーズ;
        ステージ; 단계; مرحلة; المرحلة; المراحل""",
    STEP: """step; steps; initiator's label; step name; step title; customer step; activity step; task; tasks;
        schritt; schritte; étape; étapes; etape; paso; pasos; passo; passos; passaggio; passi; stap; stappen;
        krok; kroki; шаг; шаги; крок; кроки; adım; adımlar; 步骤; 步驟; ステップ; 스텝; 절차; خطوة; الخطوة;
        الخطوات""",
    "actions": """action; actions; customer actions; user actions; activity; activities; doing; what they do;
        does; process; behaviour; behavior; handlung; handlungen; aktion; aktionen; aktivität; aktivitäten; activité;
        activités; acción; acciones; actividad; actividades; azione; azioni; attività; ação; ações; atividade;
        atividades; actie; acties; activiteit; activiteiten; działanie; działania; действие; действия; дія; дії;
        eylem; eylemler; 行动; 行為; 行動; アクション; 행동; إجراء; الإجراءات; الأفعال""",
    "touchpoints": """touchpoint; touchpoints; touch point; touch points; kontaktpunkt; kontaktpunkte;
        berührungspunkt; berührungspunkte; point de contact; points de contact; punto de contacto;
        puntos de contacto; punto di contatto; punti di contatto; ponto de contato; pontos de contato;
        ponto de contacto; pontos de contacto; contactpunt; contactpunten; punkt styku; punkty styku;
        точка контакта; точки контакта; точка контакту; точки контакту; temas noktası; temas noktaları; 触点;
        接触点; 接點; タッチポイント; 顧客接点; 접점; 터치포인트; نقطة الاتصال; نقاط الاتصال""",
    CHANNEL: """channel; channels; kanal; kanäle; canal; canaux; canales; canali; canale; canais; kanaal;
        kanalen; kanały; канал; каналы; канали; kanallar; 渠道; 通路; チャネル; 채널; قناة; القنوات""",
    "thoughts": """thought; thoughts; thinking; thinks; mindset; mindsets; what they think; gedanke; gedanken;
        pensée; pensées; pensamiento; pensamientos; pensiero; pensieri; pensamento; pensamentos; gedachte;
        gedachten; myśl; myśli; мысль; мысли; думка; думки; düşünce; düşünceler; 想法; 思考; 考え; 생각; فكرة;
        الأفكار""",
    EMOTION: """emotion; emotions; ux description; feeling; feelings; feels; mood; sentiment; experience; emotional
        state; emotional journey; emotional curve; emotion curve; emotional arc; moods; satisfaction; emotionen;
        emotionskurve; gefühlskurve; stimmungskurve; stimmungen; gefühl; gefühle; stimmung; émotion; émotions;
        ressenti; humeur; emoción; emociones; sentimiento; sentimientos; emozione; emozioni; sentimenti; emoção;
        emoções; sentimento; sentimentos; emotie; emoties; gevoel; gevoelens; emocja; emocje; uczucia; эмоция;
        эмоции; чувства; емоція; емоції; почуття; duygu; duygular; 情绪; 情緒; 感情; 감정; مشاعر; المشاعر; العواطف""",
    SCORE: """score; emotion score; sentiment score; rating; ux rating; experience rating; satisfaction score;
        csat; bewertung; note; punktzahl; puntuación; punteggio; pontuação; beoordeling; ocena; оценка; оцінка;
        puan; 评分; 評分; 評価; 점수; تقييم""",
    "pains": """pain; pains; pain point; pain points; painpoint; painpoints; frustration; frustrations; problem;
        problems; barrier; barriers; challenge; challenges; issue; issues; schmerzpunkt; schmerzpunkte;
        probleme; frust; hindernisse; point de douleur; points de douleur; irritant; irritants; problème;
        problèmes; punto de dolor; puntos de dolor; dolor; dolores; problema; problemas; punto critico;
        punti critici; problemi; dor; dores; pontos de dor; pijnpunt; pijnpunten; problemen; ból; bolączki;
        problemy; боль; боли; проблема; проблемы; біль; болі; проблеми; sorun; sorunlar; acı noktaları; 痛点;
        痛點; 課題; ペインポイント; 불편; 페인포인트; نقطة الألم; نقاط الألم; المشاكل""",
    "gains": """gain; gains; delight; delights; gain point; gain points; positives; highlights; benefits;
        wow moments; gewinn; gewinne; freude; positives erlebnis; bénéfice; bénéfices; satisfactions; beneficio;
        beneficios; alegrías; ganancias; guadagni; vantaggi; benefici; ganho; ganhos; benefícios; voordeel;
        voordelen; korzyści; zyski; выгода; выгоды; вигоди; kazanç; kazançlar; 收益; 爽点; 亮点; 得; ゲイン;
        喜び; 이득; المكاسب""",
    "needs": """need; needs; user needs; customer needs; goals and needs; jobs to be done; expectation;
        expectations; bedürfnis; bedürfnisse; bedarf; erwartungen; besoin; besoins; attentes; necesidad;
        necesidades; expectativas; bisogno; bisogni; necessità; necessidade; necessidades; behoefte; behoeften;
        potrzeba; potrzeby; потребность; потребности; потреба; потреби; ihtiyaç; ihtiyaçlar; 需求; ニーズ; 니즈;
        요구; الاحتياجات; الحاجات""",
    "opportunities": """opportunity; opportunities; idea; ideas; improvement; improvements; recommendation;
        recommendations; solution; solutions; hmw; how might we; chance; chancen; möglichkeiten; verbesserungen;
        ideen; opportunité; opportunités; idées; améliorations; oportunidad; oportunidades; ideas de mejora;
        mejoras; opportunità; miglioramenti; idee; oportunidade; melhorias; kans; kansen; ideeën; verbeteringen;
        szansa; szanse; możliwości; возможность; возможности; идеи; можливість; можливості; ідеї; fırsat;
        fırsatlar; 机会; 機会; 機會; 改善案; 기회; فرصة; الفرص""",
    "notes": """note; notes; comment; comments; remark; remarks; insights; insight; observation; observations;
        notizen; anmerkungen; kommentar; kommentare; remarque; remarques; commentaires; notas; comentarios;
        note e commenti; commenti; comentários; opmerkingen; uwagi; notatki; заметки; комментарии; нотатки;
        коментарі; notlar; 备注; 備註; メモ; 備考; 메모; ملاحظات""",
    QUOTES: """quote; quotes; customer quotes; verbatim; verbatims; evidence; zitat; zitate; o-ton; citation;
        citations; cita; citas; citazioni; citação; citações; citaat; citaten; cytat; cytaty; цитата; цитаты;
        цитати; alıntı; alıntılar; 引述; 原话; 発言; 引用; 인용; اقتباس; اقتباسات""",
    ROLE: """role; actor who initiated; department; responsible; rolle; rôle; rol; ruolo; papel; роль; 角色;
        役割; 역할; الدور""",
}
_ABOUT_WORDS = {
    TITLE: """title; journey; journey map; customer journey; map; name; titel; titre; título; titolo; название;
        标题; タイトル""",
    ACTOR: """actor; persona; customer; user; who; kunde; nutzer; client; utilisateur; cliente; usuario;
        usuário; utente; klant; gebruiker; персона; клиент; 用户; 人物; ペルソナ; 페르소나; الشخصية""",
    SCENARIO: """scenario; context; szenario; kontext; scénario; contexte; escenario; contexto; cenário;
        сценарий; 场景; シナリオ""",
    GOAL: """goal; goals; objective; ziel; ziele; objectif; objetivo; obiettivo; doel; cel; цель; ціль; 目标;
        目標; ゴール; الهدف""",
    EXPECTATIONS: """expectation; expectations; erwartung; erwartungen; attente; attentes; expectativa; expectativas;
        aspettative; verwachtingen; oczekiwania; ожидания; очікування; 期待""",
}
_ASKED = {
    "thoughts": """think; thinks; thinking; denkt; denken; piensa; piensan; pensando; pense; pensent; pensa;
        pensano; denkt; myśli; думает; думают; думає""",
    EMOTION: """feel; feels; feeling; fühlt; fühlen; siente; sienten; sintiendo; ressent; ressentent; sent; prova;
        sente; sentem; voelt; czuje; чувствует; чувствуют; відчуває""",
    "needs": """need; needs; expect; expects; want; wants; braucht; erwartet; will; necesita; espera; quiere; besoin;
        attend; veut; bisogno; vuole; precisa; quer; nodig; wil; potrzebuje; нужно; хочет""",
    "pains": """pain; pains; wrong; problem; problems; frustrates; frustrating; difficult; stört; ärgert; schief;
        schwierig; molesta; frustra; difícil; gêne; problème; problemi; problemas; проблемы""",
    "opportunities": """improve; better; help; verbessern; besser; helfen; mejorar; ayudar; améliorer; aider;
        migliorare; melhorar; verbeteren; poprawić; улучшить""",
    "touchpoints": """where; interact; interacts; touch; wo; womit; kontakt; dónde; où; dove; onde; waar; gdzie; где""",
    QUOTES: "say; says; saying; sagt; sagen; dice; dicen; dit; disent; diz; zegt; mówi; говорит",
    "actions": """do; does; doing; happens; happening; tut; macht; passiert; hace; hacen; haciendo; fait; font; fa;
        fanno; faz; fazem; doet; robi; делает; делают; робить""",
}
"""Words by which a question says what its answers are, those that leave the least doubt first."""

_NO_LETTERS = re.compile(r"[\W\d_]+")
_PARTS = re.compile(r"\s*[/,&+|(:]\s*|\s+(?:and|und|et|y|e|en|i|и|та|و)\s+")
_MOST_WORDS = 4
"""Words in a label; a longer one is somebody's sentence."""

_MOST_ASKED = 10
"""Words in a label that is a question, such as "What is the customer thinking?"."""


def lane_of(label: str) -> str | None:
    """Return what a row or column of a map holds by its label, None where the label is not known.

    >>> lane_of("What is the customer thinking?"), lane_of("Was tut der Kunde?"), lane_of("Too many results?")
    ('thoughts', 'actions', None)

    >>> lane_of("Pain points / frustrations"), lane_of("Étapes"), lane_of("Customer emotions"), lane_of("Backstage")
    ('pains', 'step', 'emotion', None)
    """
    return _look_up(label, _index())


def about_of(label: str) -> str | None:
    """Return which fact about a whole map a label names.

    >>> about_of("Persona:"), about_of("Ziel"), about_of("Pains")
    ('actor', 'goal', None)
    """
    return _about_index().get(_folded(label))


def _look_up(label: str, index: dict[str, str]) -> str | None:
    whole = _folded(label)
    if not whole:
        return None
    if whole in index:
        return index[whole]
    first = _folded(_PARTS.split(label.strip().casefold())[0])
    if first in index:
        return index[first]
    words = whole.split()
    if label.rstrip().endswith(("?", "？", "؟")) and len(words) <= _MOST_ASKED:
        return next((field for field, asked in _asked().items() if asked & set(words)), None)
    if len(words) > _MOST_WORDS:
        return None
    return next((index[word] for word in reversed(words) if word in index), None)


def _folded(label: str) -> str:
    return _NO_LETTERS.sub(" ", label.casefold()).strip()


@cache
def _index() -> dict[str, str]:
    return _indexed(_WORDS)


@cache
def _about_index() -> dict[str, str]:
    return _indexed(_ABOUT_WORDS)


@cache
def _asked() -> dict[str, frozenset[str]]:
    return {field: frozenset(word.strip() for word in words.split(";")) for field, words in _ASKED.items()}


def _indexed(words: dict[str, str]) -> dict[str, str]:
    return {_folded(phrase): name for name, phrases in words.items() for phrase in phrases.split(";")}
