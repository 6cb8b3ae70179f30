"""Words that name a role, and words that look like a speaker's label and are none, in several languages."""

from __future__ import annotations

from journey.model import Role

_INTERVIEWER = """
interviewer interviewers interviewerin interviewende interviewender interviewführer interviewführerin
moderator moderatorin moderatrice modérateur moderador moderadora moderatore
researcher ux-researcher host hostess facilitator forscher forscherin researcherin befrager befragerin
enquêteur enquêtrice intervieweur intervieweuse animateur animatrice chercheur chercheuse
entrevistador entrevistadora investigador investigadora facilitador facilitadora presentador presentadora
intervistatore intervistatrice ricercatore ricercatrice conduttore conduttrice facilitatore
pesquisador pesquisadora onderzoeker interviewster gespreksleider
intervjuare intervjuer forskare forsker moderator interviewaren haastattelija tutkija
wywiadowca badacz badaczka prowadzący prowadząca tazatel tazatelka výzkumník moderátor moderátorka
интервьюер модератор исследователь ведущий ведущая інтерв'юер дослідник
görüşmeci moderatör araştırmacı kérdező interjúkészítő
면접관 인터뷰어 진행자 연구자 질문자 インタビュアー 司会 司会者 聞き手 質問者 モデレーター 研究者
采访者 訪談者 访谈者 主持人 研究员 採訪者 提问者 المحاور الباحث المذيع מראיין מראיינת חוקר साक्षात्कारकर्ता शोधकर्ता
"""
_PARTICIPANT = """
participant participants interviewee respondent informant guest customer client user patient buyer shopper
consumer caller tester testuser teilnehmer teilnehmerin teilnehmende interviewpartner interviewpartnerin befragter
befragte proband probandin nutzer nutzerin kunde kundin gast patientin anrufer anruferin
participante répondant répondante interviewé interviewée utilisateur utilisatrice client cliente invité invitée
entrevistado entrevistada usuario usuaria cliente paciente invitado invitada encuestado encuestada
partecipante intervistato intervistata utente paziente ospite usuário usuária convidado convidada
deelnemer deelneemster respondent geïnterviewde gebruiker klant patiënt
deltagare deltager deltaker respondent kund kunde användare bruger bruker patienten
osallistuja haastateltava asiakas käyttäjä potilas uczestnik uczestniczka respondentka badany klient klientka pacjent
účastník účastnice respondent zákazník uživatel участник участница респондент респондентка клиент покупатель
пользователь пациент учасник клієнт katılımcı müşteri kullanıcı hasta résztvevő ügyfél
참가자 참여자 응답자 고객 사용자 환자 参加者 回答者 顧客 お客様 ユーザー 患者 受访者 受訪者 参与者 顾客 客户 用户 患者
المشارك العميل المستخدم المريض משתתף לקוח प्रतिभागी ग्राहक उपयोगकर्ता
"""
_OTHER = """
agent support system bot chatbot assistant advisor adviser helpdesk service operator representative rep
receptionist cashier salesperson clerk observer notetaker note-taker narrator announcer voicemail ivr staff
kundendienst kundenservice berater beraterin mitarbeiter mitarbeiterin systemnachricht beobachter beobachterin
conseiller conseillère système observateur agente asesor asesora sistema soporte observador
assistente operatore supporto consulente sistema atendente suporte medewerker klantenservice systeem
kundtjänst systemet asiakaspalvelu konsultant agentka konzultant система агент оператор поддержка бот
temsilci sistem destek 상담원 상담사 시스템 직원 システム 担当者
オペレーター 客服 系统 系統 الوكيل النظام סוכן מערכת एजेंट
"""
_NO_SPEAKER = """
note notes nb date time location place subject re fw fwd from to cc bcc title duration length http https ftp mailto
file filename version phone tel telephone email e-mail mail url link links web website address example examples
warning tip tips hint important caution step steps figure fig table source sources project participants attendees
present recording recorded transcript transcription transcriber language kind style summary abstract agenda topic
topics chapter section part page id case age gender occupation job name company ps todo action actions edit update
pros cons ingredients method serves serving preparation instructions conclusion result results background goal goals
order username password account reason total price quantity amount status phase stage day week task scenario context
keywords tags category files availability homepage author platform
description remark remarks attachment copyright license licence disclaimer
datum uhrzeit zeit ort betreff hinweis anmerkung notiz dauer thema titel beispiel achtung wichtig projekt
aufnahme dateiname sprache alter geschlecht beruf schritt ziel zutaten zubereitung
lieu objet remarque durée sujet titre exemple attention projet langue étape ingrédients heure
fecha hora lugar asunto nota notas duración título tema ejemplo proyecto idioma paso objetivo ingredientes
data local assunto duração luogo oggetto durata titolo esempio progetto lingua passo ingredienti
tijd plaats onderwerp opmerking duur voorbeeld taal stap tid sted plats emne ämne merk obs
дата время место тема примечание заметка длительность 日付 場所 件名 日期 时间 地点 主题 날짜 시간 장소 주제
"""
_NOISES = """
laughter laughs laughing laugh chuckles chuckling inaudible unintelligible unclear crosstalk overlapping overlap
music applause pause pauses silence noise noises background sigh sighs cough coughs coughing sneeze sniffs breath
breathing foreign redacted blank audio blank_audio phone ringing clapping crying cheering beep gap unknown
lachen lacht gelächter unverständlich räuspern seufzt pause musik applaus rires rire inaudible silence musique
applaudissements risas risa ininteligible música aplausos silencio risate musica applausi incomprensibile risos
gelach onverstaanbaar muziek skratt смех неразборчиво музыка пауза 笑 웃음 笑声 音楽 音楽 拍手
"""
_PHRASES = {
    "customer support": Role.OTHER,
    "customer service": Role.OTHER,
    "customer care": Role.OTHER,
    "help desk": Role.OTHER,
    "note taker": Role.OTHER,
    "service client": Role.OTHER,
    "atención al cliente": Role.OTHER,
    "servizio clienti": Role.OTHER,
}

ROLE_WORDS: dict[str, Role] = {
    **dict.fromkeys(_INTERVIEWER.split(), Role.INTERVIEWER),
    **dict.fromkeys(_PARTICIPANT.split(), Role.PARTICIPANT),
    **dict.fromkeys(_OTHER.split(), Role.OTHER),
    **_PHRASES,
}
"""Case-folded words and phrases that say by themselves what a speaker is."""

NO_SPEAKER = frozenset(_NO_SPEAKER.split())
"""Case-folded words that stand before a colon without naming a speaker."""

NOISES = frozenset(_NOISES.split())
"""Case-folded words that stand in brackets without naming a speaker."""
