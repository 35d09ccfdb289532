"""QR codes as pictures that a page may show without inline style or script."""

import segno


def qr_code(text: str) -> str:
    """The QR code of a text as the address of an SVG picture, dark on light in every theme."""
    return segno.make(text, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
