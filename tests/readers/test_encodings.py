"""Files that do not say which encoding they are in, or say the wrong one."""

import pytest

from kg.readers.characters import decode
from kg.readers.encodings import find_declared, guess_single_byte

CZECH = "Úřady sdílejí data jen zřídka, protože jim chybí společné rozhraní. Občané předkládají stejné doklady."
POLISH = "Urzędy rzadko dzielą się danymi, ponieważ brakuje im wspólnego wzoru. Żaden urząd nie był gotów."
HUNGARIAN = (
    "A hivatalok ritkán osztják meg az adatokat, mert hiányzik a közös felület. Az állampolgárok ezért többször "
    "nyújtják be ugyanazt az űrlapot, és túl sokáig várnak az ügyintézőre. "
    "A döntéshozók szerint fontos az együttműködés."
)
CROATIAN = (
    "Uredi rijetko dijele podatke jer nemaju zajedničko sučelje. Građani više puta predaju iste isprave i predugo "
    "čekaju na rješenje. Državna služba traži veću suradnju, a općine žele jasniju odgovornost. "
    "Troškovi održavanja rastu brže."
)
TURKISH = (
    "Kurumlar verilerini nadiren paylaşır, çünkü ortak bir arayüz yoktur. Vatandaşlar aynı belgeleri birçok kez verir "
    "ve çok uzun süre bekler. Bakanlığın yeni düzenlemesi, kayıtların güvenliğini sağlamak için işbirliğini öngörüyor."
)
NAMES = "Offices keep data apart, as Dvořák and Wiśniewski say – “apart”. The registers of Plzeň and Łódź differ."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CZECH, "cp1250"), (POLISH, "cp1250"), (HUNGARIAN, "cp1250"), (CROATIAN, "cp1250"), (NAMES, "cp1250"),
        (CZECH, "iso8859-2"), (POLISH, "iso8859-2"), (CROATIAN, "iso8859-2"), (TURKISH, "cp1254"),
        ("Ведомства редко обмениваются данными", "cp1251"), ("Οι υπηρεσίες σπάνια μοιράζονται δεδομένα", "cp1253"),
    ],
)  # fmt: skip
def test_text_of_other_alphabets_is_told_by_its_words(text: str, encoding: str) -> None:
    assert guess_single_byte(text.encode(encoding)) == encoding
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Les administrations partagent rarement leurs données, à cause d’une règle. Où déposer la pièce, déjà reçue ?",
        "Die Behörden teilen ihre Daten nur selten, weil ihnen eine gemeinsame Schnittstelle fehlt; man prüft länger.",
        "¿Qué administraciones comparten sus datos mañana? La gestión del año pasó, según José Ibáñez Núñez.",
        "As repartições não partilham os dados; os cidadãos entregam os documentos várias vezes à direção.",
        "Myndigheterna delar sällan sina uppgifter och väntar på åtgärder från Malmö, Örebro och Umeå.",
        "Myndighederne deler sjældent deres data; borgerne må vente på afgørelsen i Ærø og Tromsø.",
        "Stofnanir deila sjaldan gögnum sínum því þær vantar viðmót; Þórður bíður of lengi eftir því.",
        "Cost (£m) and £bn, m³, 5°C, note¹, ½ and 1ª, don´t, a×b, Public¿private, Søren Sánchez, Gülçin Öztürk, façade",
        "No accents here at all",
    ],
)
def test_western_text_stays_western(text: str) -> None:
    assert guess_single_byte(text.encode("cp1252")) == "cp1252"
    assert decode(text.encode("cp1252")) == text


def test_one_foreign_name_that_could_be_western_does_not_decide() -> None:
    assert decode(b"The words of S\xf8ren and Ren\xe9e") == "The words of Søren and Renée"


def test_declared_latin1_is_no_more_than_a_guess() -> None:
    assert decode("“Apart” – Müller".encode("cp1252"), declared="iso-8859-1") == "“Apart” – Müller"
    assert decode(CZECH.encode("cp1250"), declared="ISO-8859-1") == CZECH


def test_declared_set_is_read_as_the_wider_one_that_browsers_take() -> None:
    assert decode("数据㐀".encode("gb18030"), declared="gb2312") == "数据㐀"
    assert [find_declared(name) for name in ("windows-1250", "Shift_JIS")] == ["cp1250", "cp932"]


def test_declared_name_of_no_encoding_of_pages_counts_as_none() -> None:
    assert {find_declared(name) for name in ("undefined", "hex", "no-such", "\x00", "utf-16", "")} == {""}


def test_utf8_with_a_stray_byte_stays_utf8() -> None:
    assert decode("déjà – “vu”".encode() + b" caf\xe9\x85") == "déjà – “vu” café…"
    assert decode("Größe, Maß, naï".encode()[:-1]) == "Größe, Maß, naÃ"


def test_declared_iso_set_is_windows_own_where_its_letters_show() -> None:
    assert decode("Žluťoučký kůň – “ano”".encode("cp1250"), declared="iso-8859-2") == "Žluťoučký kůň – “ano”"
    assert decode("Ł".encode("iso-8859-2"), declared="iso-8859-2") == "Ł"
