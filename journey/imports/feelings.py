"""What other people's maps write where a feeling stands, as a score from -2 to +2; None where nothing says how it was.

Numbers are read on the scale that all of a map's numbers fit; words only where they leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"^\s*([+\-\u2212]?\d+(?:[.,]\d+)?)\s*(%|/\s*\d+|\s+of\s+\d+)?\s*$")
_LABELLED = re.compile(r"^(.*\S)\s*\(([+\-\u2212]?\d+(?:[.,]\d+)?)\)\s*$", re.DOTALL)
_FACES = {
    2.0: "😀😁😃😄😆🤩😍🥰😻🎉💚❤",
    1.0: "🙂😊☺😌👍😉",
    0.0: "😐😑😶🫤🤔",
    -1.0: "🙁☹😕😟😔👎😒😞😬",
    -2.0: "😡😠😤🤬😭😢😱😫😩💔",
}
_WORDS = {
    2.0: """very positive; very good; very happy; very satisfied; delighted; excellent; thrilled; sehr gut;
        begeistert; très bien; très positif; ravi; muy bien; muy positivo; encantado; molto bene; ottimo;
        muito bom; очень хорошо; 非常满意""",
    1.0: """positive; good; happy; satisfied; pleased; relieved; glad; content; confident; gut; positiv; zufrieden;
        froh; glücklich; erleichtert; bien; positif; content; satisfait; satisfaite; contente; soulagé;
        positivo; satisfecho; satisfecha; contento; contenta; feliz; buono; felice; soddisfatto; bom;
        satisfeito; goed; tevreden; blij; dobrze; zadowolony; хорошо; доволен; добре; 满意; 開心; 嬉しい; 满足;
        満足; 행복; 만족; سعيد; جيد; إيجابي""",
    0.0: """neutral; ok; okay; indifferent; neutre; neutro; neutrale; neutraal; neutralny; нейтрально; 中性;
        普通; 중립; محايد""",
    -1.0: """negative; bad; unhappy; dissatisfied; sad; worried; anxious; annoyed; confused; disappointed;
        nervous; stressed; overwhelmed; insecure; unsure; schlecht; negativ; genervt; verärgert; gestresst; unsicher;
        überfordert; unzufrieden; traurig; besorgt;
        verwirrt; enttäuscht; mauvais; négatif;
        triste; inquiet; inquiète; confus; déçu; déçue; stressé; malo; negativo; insatisfecho; preocupado; preocupada;
        confundido; confundida; molesto; molesta; cattivo;
        insoddisfatto; ruim; mau; slecht; ontevreden; zły; плохо; недоволен; погано; 不满; 不満; 불만; 슬픔;
        حزين; سيئ; سلبي""",
    -2.0: """very negative; very bad; very unhappy; very dissatisfied; angry; furious; frustrated; terrible;
        desperate; sehr schlecht; wütend; frustriert; très mauvais; en colère; frustré; muy malo; enfadado;
        enfadada; furioso; furiosa; frustrado; frustrada; frustrée; pessimo; arrabbiato; muito ruim; boos; очень
        плохо; злой; 愤怒; 生气; 怒り; 화남; غاضب""",
}
_BY_WORD = {" ".join(word.split()).casefold(): score for score, words in _WORDS.items() for word in words.split(";")}


@dataclass(frozen=True)
class Scale:
    """The lowest and the highest number that a map uses for feelings."""

    lowest: float
    highest: float

    def score(self, number: float) -> float:
        """Return a number of this scale as a score from -2 to +2, to two places.

        >>> Scale(1, 5).score(4), Scale(0, 100).score(25)
        (1.0, -1.0)
        """
        share = (number - self.lowest) / (self.highest - self.lowest)
        return round(max(-2.0, min(2.0, 4 * share - 2)), 2)


_OWN = Scale(-2, 2)
_SIGNED = (_OWN, Scale(-3, 3), Scale(-5, 5), Scale(-10, 10), Scale(-100, 100))
_UNSIGNED = (Scale(1, 5), Scale(1, 7), Scale(1, 10), Scale(0, 100))


def find_scale(cells: Sequence[str]) -> Scale:
    """Return the narrowest usual scale that every number among the cells fits.

    >>> find_scale(["-1", "2", "sad"]), find_scale(["1", "8"]), find_scale(["80 %", "20 %"]).highest
    (Scale(lowest=-2, highest=2), Scale(lowest=1, highest=10), 100)
    """
    numbers = [number for cell in cells if (number := _number(cell)) is not None]
    if any("%" in cell for cell in cells):
        return _UNSIGNED[-1]
    has_sign = any(number < 0 for number in numbers) or any(cell.strip().startswith("+") for cell in cells)
    scales = _SIGNED if has_sign else _UNSIGNED
    fitting = (one for one in scales if all(one.lowest <= number <= one.highest for number in numbers))
    return next(fitting, Scale(min(numbers, default=0), max(max(numbers, default=1), 1)))


def read_feeling(cell: str, scale: Scale) -> tuple[float, str] | None:
    """Return the score and the words of a cell.

    >>> read_feeling("furious (-1.5)", Scale(1, 5)), read_feeling("4", Scale(1, 5)), read_feeling("hm", Scale(1, 5))
    ((-1.5, 'furious'), (1.0, 'good'), None)
    >>> read_feeling("😤 so slow", Scale(1, 5)), read_feeling("Happy", Scale(1, 5))
    ((-2.0, '😤 so slow'), (1.0, 'Happy'))
    """
    text = " ".join(cell.split())
    labelled = _LABELLED.match(text)
    if labelled and (number := _number(labelled[2])) is not None and -2 <= number <= 2:
        return number, labelled[1]
    number = _number(text)
    if number is not None:
        score = scale.score(number)
        return score, in_words(score)
    score_of_face = next((score for score, faces in _FACES.items() if any(face in text for face in faces)), None)
    found = score_of_face if score_of_face is not None else _BY_WORD.get(text.casefold().strip(" .!"))
    return None if found is None else (found, text)


def in_words(score: float) -> str:
    """Say a score in a word or two.

    >>> in_words(-2), in_words(0.2)
    ('very bad', 'neutral')
    """
    if abs(score) < 0.5:
        return "neutral"
    word = "good" if score > 0 else "bad"
    return f"very {word}" if abs(score) >= 1.5 else word


def _number(cell: str) -> float | None:
    match = _NUMBER.match(cell)
    return float(match[1].replace("\u2212", "-").replace(",", ".")) if match else None
