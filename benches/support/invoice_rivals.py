"""Draws ready sheets with ReportLab or WeasyPrint and prints sheets a second and bytes a sheet.

Usage: invoice_rivals.py reportlab|weasyprint FOLDER, where FOLDER holds sheets.json, regular.ttf, bold.ttf.
Places are hundredths of a millimetre from the upper left corner, sizes tenths of a point.
"""

import html
import io
import json
import sys
import time

MM = 72 / 2540
WIDTH, HEIGHT = 21000, 29700


def runs_of(side, dark):
    """Black stretches of a code, row by row: x, y, length in modules."""
    for start in range(0, len(dark), side):
        row, at = dark[start : start + side], 0
        while at < side:
            if not row[at]:
                at += 1
                continue
            begun = at
            while at < side and row[at]:
                at += 1
            yield begun, start // side, at - begun


def reportlab(folder, sheets):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("regular", f"{folder}/regular.ttf"))
    pdfmetrics.registerFont(TTFont("bold", f"{folder}/bold.ttf"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH * MM, HEIGHT * MM), pageCompression=1)
    for sheet in sheets:
        for kind, *item in sheet:
            if kind == "t":
                x, baseline, size, bold, text, _ = item
                canvas.setFont("bold" if bold else "regular", size / 10)
                canvas.drawString(x * MM, (HEIGHT - baseline) * MM, text)
            elif kind == "l":
                x, y, right, bottom, thickness = item
                canvas.setLineWidth(thickness * MM)
                canvas.line(x * MM, (HEIGHT - y) * MM, right * MM, (HEIGHT - bottom) * MM)
            elif kind == "f":
                x, y, width, height, thickness = item
                canvas.setLineWidth(thickness * MM)
                canvas.rect(x * MM, (HEIGHT - y - height) * MM, width * MM, height * MM)
            else:
                x, y, width, height, side, dark = item
                module, tall = width / side, height / (len(dark) / side)
                for column, row, length in runs_of(side, dark):
                    canvas.rect(
                        (x + column * module) * MM,
                        (HEIGHT - y - (row + 1) * tall) * MM,
                        length * module * MM,
                        tall * MM,
                        stroke=0,
                        fill=1,
                    )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def weasyprint(folder, sheets):
    from weasyprint import CSS, HTML

    def box(x, y, width, height, style):
        place = f"left:{x / 100}mm;top:{y / 100}mm;width:{width / 100}mm;height:{height / 100}mm"
        return f'<div style="{place};{style}"></div>'

    parts = []
    for sheet in sheets:
        parts.append("<section>")
        for kind, *item in sheet:
            if kind == "t":
                x, _, size, bold, text, top = item
                weight = "bold" if bold else "normal"
                parts.append(
                    f'<p style="left:{x / 100}mm;top:{top / 100}mm;font:{weight} {size / 10}pt/1.16 F">{html.escape(text)}</p>'
                )
            elif kind == "l":
                x, y, right, bottom, thickness = item
                wide, tall = max(right - x, thickness), max(bottom - y, thickness)
                parts.append(box(x, y, wide, tall, "background:#000"))
            elif kind == "f":
                x, y, width, height, thickness = item
                parts.append(box(x, y, width, height, f"border:{thickness / 100}mm solid #000"))
            else:
                x, y, width, height, side, dark = item
                path = "".join(f"M{c} {r}h{n}v1h-{n}z" for c, r, n in runs_of(side, dark))
                place = f"left:{x / 100}mm;top:{y / 100}mm;width:{width / 100}mm;height:{height / 100}mm"
                rows = len(dark) // side
                parts.append(
                    f'<svg style="position:absolute;{place}" viewBox="0 0 {side} {rows}" preserveAspectRatio="none"><path d="{path}"/></svg>'
                )
        parts.append("</section>")
    style = CSS(
        string=f"""
        @font-face {{ font-family: F; src: url(file://{folder}/regular.ttf) }}
        @font-face {{ font-family: F; font-weight: bold; src: url(file://{folder}/bold.ttf) }}
        @page {{ size: A4; margin: 0 }}
        section {{ position: relative; width: 210mm; height: 296mm; break-after: page }}
        p, div {{ position: absolute; margin: 0; white-space: pre }}
        """
    )
    return HTML(string="".join(parts)).write_pdf(stylesheets=[style])


def main():
    which, folder = sys.argv[1:]
    with open(f"{folder}/sheets.json", encoding="utf-8") as file:
        sheets = json.load(file)
    draw = {"reportlab": reportlab, "weasyprint": weasyprint}[which]
    draw(folder, sheets[:2])  # modules and faces are loaded once
    begun = time.perf_counter()
    pdf = draw(folder, sheets)
    taken = time.perf_counter() - begun
    print(f"{len(sheets) / taken:.0f}, {len(pdf) // len(sheets)}")


main()
