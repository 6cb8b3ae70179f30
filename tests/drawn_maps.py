"""Journey maps drawn at test time in the styles of different tools, in six languages, to be read from their pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts/truetype")
"""Where a free font with all letters of the six languages is looked for first; Pillow's own has them too."""


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a sans serif font."""
    path = FONTS / f"liberation/LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), size) if path.is_file() else ImageFont.load_default(size)


class Canvas:
    """A picture in the making."""

    def __init__(self, width: int, height: int, ground: str = "white") -> None:
        self.image = Image.new("RGB", (width, height), ground)
        self.pen = ImageDraw.Draw(self.image)

    def write(self, x: float, y: float, words: str, size: int = 18, *, width: int = 300, **style: object) -> None:
        """Write words, broken into lines of at most this width; style: bold, fill, centred in a box of some height."""
        used, height = font(size, bold=bool(style.get("bold"))), style.get("height")
        lines = [line for part in words.split("\n") for line in _broken(part, used, width)]
        top = y + ((float(str(height)) - 1.28 * size * len(lines)) / 2 if height else 0)
        for at, line in enumerate(lines):
            left = x + ((width - used.getlength(line)) / 2 if style.get("centred") else 0)
            self.pen.text((left, top + 1.28 * size * at), line, font=used, fill=str(style.get("fill", "black")))

    def card(
        self, x: float, y: float, words: str, *, w: int, h: int, colour: str, fill: str = "black", size: int = 18
    ) -> None:
        """Draw a coloured card with words in its middle."""
        self.pen.rectangle((x, y, x + w, y + h), fill=colour)
        self.write(x + 8, y, words, size, width=w - 16, height=h, fill=fill, centred=True)

    def curve(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """Draw a smooth line through points."""
        xs, ys = np.array(points).T
        places = np.linspace(xs[0], xs[-1], 300)
        step = np.clip(np.searchsorted(xs, places) - 1, 0, len(xs) - 2)
        share = (1 - np.cos(np.pi * (places - xs[step]) / (xs[step + 1] - xs[step]))) / 2
        heights = ys[step] * (1 - share) + ys[step + 1] * share
        self.pen.line(list(zip(places.tolist(), heights.tolist(), strict=True)), fill=colour, width=4)

    def smiley(self, x: float, y: float, mood: int, size: int = 60) -> None:
        """Draw a face around a place: unhappy -1, neutral 0, happy 1."""
        left, top = x - size / 2, y - size / 2
        self.pen.ellipse((left, top, left + size, top + size), fill="#ffd93b", outline="black", width=2)
        for eye in (0.32, 0.68):
            at, high = left + size * eye, top + size * 0.36
            self.pen.ellipse((at - 4, high - 4, at + 4, high + 4), fill="black")
        low = {1: 0.35, 0: 0.7, -1: 0.6}[mood] * size + top
        if mood == 0:
            self.pen.line((left + size * 0.28, low, left + size * 0.72, low), fill="black", width=2)
        else:
            arc, turn = (left + size * 0.25, low, left + size * 0.75, low + size * 0.45), (20, 160)
            self.pen.arc(arc, *(turn if mood > 0 else (200, 340)), fill="black", width=2)

    def png(self) -> bytes:
        """Return the picture as a file."""
        file = io.BytesIO()
        self.image.save(file, "PNG")
        return file.getvalue()


def _broken(words: str, used: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if used.getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def german_table() -> bytes:
    """A slide: a ruled table with a dark header, bullets and smileys."""
    canvas, xs, ys = Canvas(1600, 960), (60, 250, 580, 910, 1240, 1560), (90, 150, 330, 430, 560, 740, 900)
    canvas.write(60, 25, "Kundenreise: Neuer Stromvertrag", 34, bold=True, width=1400)
    canvas.pen.rectangle((60, 90, 1560, 150), fill="#1f3864")
    canvas.pen.rectangle((60, 150, 250, 900), fill="#d9e2f3")
    for x in xs:
        canvas.pen.line((x, 90, x, 900), fill="#8faadc", width=2)
    for y in ys:
        canvas.pen.line((60, y, 1560, y), fill="#8faadc", width=2)
    for at, name in enumerate(("Phase", "Bedarf erkennen", "Anbieter vergleichen", "Abschließen", "Nutzung")):
        canvas.write(xs[at] + 8, 90, name, 20, bold=True, fill="white", width=180, height=60)
    rows = {
        "Aktionen": (
            "• Abrechnung öffnen\n• Verbrauch prüfen",
            "• Tarife vergleichen",
            "• IBAN angeben",
            "• Zähler ablesen",
        ),
        "Kontaktpunkte": ("Brief", "Webseite", "Onlineformular", "App"),
        "Emotionen": ("", "", "", ""),
        "Schmerzpunkte": ("Die Abrechnung ist kaum zu verstehen", "", "", "Die App verlangt ein neues Passwort"),
        "Chancen": ("Grafiken statt Tabellen", "", "Daten aus dem alten Vertrag übernehmen", ""),
    }
    for row, (title, cells) in enumerate(rows.items(), start=1):
        canvas.write(68, ys[row], title, bold=True, width=174, height=ys[row + 1] - ys[row])
        for at, words in enumerate(cells, start=1):
            canvas.write(xs[at] + 10, ys[row] + 12, words, 17, width=305)
    for at, mood in enumerate((-1, 0, 0, 1), start=1):
        canvas.smiley((xs[at] + xs[at + 1]) / 2, 495, mood)
    return canvas.png()


def french_map() -> bytes:
    """A web tool's export: titles above their rows, steps under phases, a curve with dots."""
    canvas, wide = Canvas(1800, 1000, "#f7f7fb"), 290
    canvas.write(40, 20, "Réserver un billet de train", 32, bold=True, width=1400)
    for name, first, last, colour in (
        ("Avant", 0, 2, "#6c5ce7"),
        ("Pendant", 2, 5, "#0984e3"),
        ("Après", 5, 6, "#00b894"),
    ):
        canvas.card(40 + first * wide, 100, name, w=(last - first) * wide - 10, h=45, colour=colour, fill="white")
    steps = (
        "Chercher un trajet",
        "Acheter le billet",
        "Aller à la gare",
        "Monter à bord",
        "Voyager",
        "Donner son avis",
    )
    rows = {
        "POINTS DE CONTACT": ("Application", "Site web", "Bus", "Quai", "Contrôleur", "Courriel"),
        "IRRITANTS": ("Les prix changent tout le temps", "", "Le bus est en retard", "", "", ""),
    }
    for at, step in enumerate(steps):
        canvas.card(40 + at * wide, 160, step, w=wide - 10, h=50, colour="#dfe6e9")
    for row, (title, cells) in enumerate(rows.items()):
        canvas.write(40, 240 + 150 * row, title, 15, bold=True)
        for at, words in enumerate(cells):
            if words:
                canvas.card(40 + at * wide, 270 + 150 * row, words, w=wide - 20, h=90, colour="#ffffff")
    canvas.write(40, 560, "ÉMOTIONS", 15, bold=True)
    canvas.pen.rectangle((40, 590, 1770, 780), fill="white")
    points = [(40 + at * wide + 140, y) for at, y in enumerate((690, 730, 760, 700, 620, 650))]
    canvas.curve(points, "#e17055")
    for x, y in points:
        canvas.pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill="#e17055")
    return canvas.png()


def portuguese_map() -> bytes:
    """A dark design template with rounded cards."""
    canvas, xs = Canvas(1600, 760, "#1e1e2e"), (260, 590, 920, 1250)
    canvas.write(60, 30, "Compra de um carro usado", 32, bold=True, fill="white", width=1400)
    for x, name in zip(xs, ("Pesquisa", "Visita", "Negociação", "Entrega"), strict=True):
        canvas.card(x, 110, name, w=310, h=55, colour="#89b4fa")
    rows = {
        "Ações": ("Procura anúncios na internet", "Testa o carro na rua", "Pede um desconto", "Recebe as chaves"),
        "Pontos de contato": ("Site", "Loja", "Vendedor", "Cartório"),
        "Dores": ("Fotos antigas", "", "Preço sem explicação", ""),
        "Oportunidades": ("Vídeo do carro", "", "", "Documentos digitais"),
    }
    for row, (title, cells) in enumerate(rows.items()):
        canvas.write(60, 185 + 135 * row, title, bold=True, fill="white", width=180, height=120)
        for x, words in zip(xs, cells, strict=True):
            canvas.card(x, 185 + 135 * row, words, w=310, h=120, colour="#313244", fill="white")
    return canvas.png()


def dutch_map() -> bytes:
    """A plain map with labelled phases and steps, and a curve with a scale at its side."""
    canvas, xs = Canvas(1700, 700, "#fffdf7"), [230 + 240 * at for at in range(6)]
    for y, title in ((90, "Fasen"), (150, "Stappen"), (230, "Contactpunten"), (400, "Emotie"), (600, "Knelpunten")):
        canvas.write(50, y, title, bold=True)
    for name, first, last in (("Oriënteren", 0, 2), ("Aanvragen", 2, 4), ("Installeren", 4, 6)):
        canvas.pen.rectangle((xs[first], 80, xs[first] + 240 * (last - first) - 6, 125), fill="#e9c46a")
        canvas.write(xs[first] + 10, 90, name, 20, bold=True)
    steps = (
        "Website bekijken",
        "Advies vragen",
        "Pakket kiezen",
        "Formulier invullen",
        "Monteur ontvangen",
        "Wifi testen",
    )
    places = ("Website", "Chat", "Website", "E-mail", "Thuisbezoek", "App")
    for x, step, place in zip(xs, steps, places, strict=True):
        canvas.write(x + 10, 150, step, width=225)
        canvas.write(x + 10, 230, place, width=225)
    canvas.write(170, 310, "Hoog", 16)
    canvas.write(170, 510, "Laag", 16)
    canvas.curve([(x + 110, y) for x, y in zip(xs, (400, 340, 380, 490, 420, 330), strict=True)], "#264653")
    canvas.write(xs[1] + 10, 590, "Lange wachttijd in de chat", width=225)
    canvas.write(xs[3] + 10, 590, "Alles moet dubbel", width=225)
    for y in (190, 280, 550, 660):
        canvas.pen.line((50, y, 1670, y), fill="#999999", width=2)
    return canvas.png()


def english_sheet() -> bytes:
    """A screenshot of a spreadsheet: a row for each step, a column for each lane, phases written once."""
    canvas, xs = Canvas(1500, 640), (40, 200, 520, 760, 920, 1460)
    canvas.pen.rectangle((40, 40, 1460, 90), fill="#e7e6e6")
    lines = (
        ("Phase", "Step", "Touchpoint", "Emotion", "Pain points"),
        ("Join", "Hears about the gym", "A friend", "Curious", ""),
        ("", "Signs up at the desk", "Front desk", "Happy", "Too much paperwork"),
        ("Train", "Books a class", "App", "Frustrated", "Classes are full by Monday"),
        ("", "Works out", "Trainer", "Delighted", ""),
        ("Leave", "Cancels the contract", "Call centre", "Angry", "Nobody picks up the phone"),
    )
    for row, cells in enumerate(lines):
        y = 50 if row == 0 else 90 + 100 * (row - 1) + 38
        canvas.pen.line((40, 40 + 100 * row - 50 * (row > 0), 1460, 40 + 100 * row - 50 * (row > 0)), fill="#bfbfbf")
        for x, words in zip(xs, cells, strict=False):
            canvas.write(x + 8, y, words, 17, bold=row == 0, width=500)
    for x in xs:
        canvas.pen.line((x, 40, x, 590), fill="#bfbfbf")
    return canvas.png()


def spanish_wall() -> bytes:
    """A whiteboard: notes in columns under headings, and a legend of their colours."""
    canvas = Canvas(1700, 960, "#f2f2f2")
    canvas.write(60, 20, "Pedir comida a domicilio", 30, bold=True, width=1400)
    yellow, pink, green = "#ffe066", "#ff9aa2", "#b5ead7"
    columns = {
        "Antes": (("Tengo hambre", yellow), ("Abro la app", yellow), ("La app va lenta", pink)),
        "Pedido": (("Elijo una pizza", yellow), ("Pago con tarjeta", yellow), ("El pago falla", pink)),
        "Entrega": (("Sigo al repartidor", yellow), ("Recibo la pizza", yellow), ("Llega caliente", green)),
    }
    for column, (name, notes) in enumerate(columns.items()):
        canvas.write(80 + 430 * column, 100, name, 26, bold=True)
        for at, (words, colour) in enumerate(notes):
            canvas.card(80 + 430 * column, 160 + 250 * at, words, w=210, h=200, colour=colour, size=24)
    canvas.write(1400, 100, "Leyenda", 22, bold=True)
    for at, (name, colour) in enumerate((("Acciones", yellow), ("Dolores", pink), ("Alegrías", green))):
        canvas.pen.rectangle((1400, 150 + 60 * at, 1440, 190 + 60 * at), fill=colour)
        canvas.write(1455, 158 + 60 * at, name, 20)
    return canvas.png()
