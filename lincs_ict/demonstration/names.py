"""Names for invented people, and the addresses made of them."""

import re
import unicodedata
from collections.abc import Iterator
from random import Random

_FIRST = """
    Abigail Adrian Aisha Alan Alice Amara Amy Andrew Angela Anita Anthony Arjun
    Barbara Ben Beth Brian Callum Carol Caroline Catherine Chloe Christine Claire
    Colin Connor Craig Daisy Daniel David Deborah Derek Diane Dominic Donna Duncan
    Edward Eleanor Elizabeth Emily Emma Ewa Faith Farah Fiona Frances Frank Gareth
    Gemma George Georgina Gillian Grace Graham Hannah Harriet Harpreet Heather Helen
    Henry Holly Hugh Ian Imran Isaac Isobel Jack Jacqueline Jamal James Janet Jason
    Jean Jenny Joanne John Jonathan Joshua Joyce Judith Julian Karen Katarzyna Kate
    Keith Kelly Kenneth Kevin Kirsty Kofi Laura Lauren Leanne Leon Lewis Linda
    Lorraine Louise Lucy Luke Lynn Malcolm Marcin Marcus Maria Martin Matthew
    Maureen Megan Meera Michael Mohammed Monika Naomi Natasha Neil Nicola Nigel Nina
    Oliver Olivia Oluwaseun Owen Pamela Patricia Paul Pauline Peter Philip Priya
    Rachel Rebecca Reece Richard Robert Roger Rosie Ross Ruth Samantha Samuel Sandra
    Sarah Scott Sean Shaun Sheila Simon Sophie Stephanie Stephen Stuart Sunita Susan
    Tara Thomas Tina Tomasz Tracey Trevor Usman Valerie Victoria Wayne Wendy William
    Yvonne Zainab Zara
"""
_LAST = """
    Adeyemi Ainsworth Aldous Appleyard Arkwright Ashdown Atkin Baines Bairstow
    Banerjee Barraclough Beckett Bell Blackwood Blanchard Borrill Bradshaw
    Brocklesby Broughton Burrows Cammack Carrington Chapman Chatterjee Clay Codd
    Coupland Cowell Cragg Croft Cuthbert Dales Dawber Desai Dobbs Donnelly Drakes
    Dring Dunham Eastwood Elvidge Enderby Epton Everson Farrow Fenwick Fieldsend
    Flintham Foss Fowler Freshney Garfoot Garner Gilbert Goodhand Grantham Greetham
    Gupta Haddock Hallam Hardwick Harness Heald Hewson Hides Hodgson Holland
    Horrocks Hussain Idle Ingamells Islam Jankowski Jarvis Jessop Kaur Kendall Kime
    Kirk Kowalski Laming Leachman Lilley Lowis Lyon Maddison Mablethorpe Marwood
    Mawer Mensah Merriman Motley Mumby Mundy Nicholls North Nowak Oakden Okafor
    Osgerby Overton Padley Parkinson Patchett Patel Peatman Pickwell Pocklington
    Quincey Raithby Ranby Rawlings Reeson Revill Richardson Roberts Robinson Rushby
    Sardeson Saxelby Scrivener Sharpe Shelbourn Singh Skelton Sleight Smalley Snell
    Spendlow Stainton Stennett Stocks Straw Sutton Swaby Tasker Temple Thorndike
    Tindall Toynton Trafford Tuxworth Underwood Usher Vickers Wakelin Walmsley
    Waterfield Welbourn Westoby Whitehead Wilkinson Willoughby Winn Wojcik
    Woodthorpe Wray Wright Yarnell
"""
# Letters that do not come apart into a plain one and a mark.
_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss"})


def first_names() -> list[str]:
    return _FIRST.split()


def last_names() -> list[str]:
    return _LAST.split()


def invented_names(chance: Random, taken: set[str]) -> Iterator[str]:
    """Names without end, none twice and none of those taken."""
    first, last = first_names(), last_names()
    seen = set(taken)
    while True:
        name = f"{chance.choice(first)} {chance.choice(last)}"
        if name not in seen:
            seen.add(name)
            yield name


def address(name: str, slug: str) -> str:
    """The work e-mail of somebody at a partner: name without marks, in lower case."""
    letters = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    plain = letters.encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain.replace("'", ""))
    return f"{'.'.join(words)}@{slug}.example"
