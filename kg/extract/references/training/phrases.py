"""The words that reference styles put between the fields, by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; each tuple holds alternatives."""

    joins: tuple[str, ...]
    hosts: tuple[str, ...]
    editors: tuple[str, ...]
    volumes: tuple[str, ...]
    issues: tuple[str, ...]
    pages: tuple[str, ...]
    editions: tuple[str, ...]
    months: tuple[str, ...]
    presses: tuple[str, ...]


ENGLISH = Words(
    (" and ", " & ", ", and ", ", & "),
    ("In ", "In: ", "in ", "in: ", "in: "),
    ("(Eds.)", "(eds.)", "(eds)", "eds.", "(Ed.)", "(ed.)", "editors", "ed."),
    ("vol. ", "Vol. ", "vol ", "volume ", "v. ", "Vol."),
    ("no. ", "No. ", "issue ", "number ", "no ", "iss. ", "#"),
    ("pp. ", "p. ", "pages ", "pp ", "pg. ", "", "pp."),
    ("2nd ed.", "3rd edition", "(2nd edn)", "(4th ed.)", "rev. ed."),
    ("January", "Feb.", "March", "Apr", "May", "June", "July", "Aug.", "September", "Oct", "Nov.", "December"),
    (
        "London: Routledge",
        "Cambridge: Cambridge University Press",
        "Oxford University Press",
        "New York: Springer",
        "Thousand Oaks, CA: Sage",
        "Springer, Berlin, Heidelberg",
        "Cambridge, Mass.: MIT Press",
        "Princeton: Princeton University Press",
        "IEEE",
        "ACM, New York, NY, USA",
        "Morgan Kaufmann",
        "Elsevier, Amsterdam",
        "John Wiley & Sons, Chichester",
        "University of Chicago Press",
        "Addison-Wesley, Reading, MA",
        "Washington, DC: World Bank",
        "Cheltenham: Edward Elgar",
        "Springer-Verlag",
        "Academic Press, San Diego",
        "IEEE Computer Society Press, Los Alamitos",
    ),
)
GERMAN = Words(
    (" und ", " & ", "/", "; "),
    ("In: ", "in: ", "In "),
    ("(Hg.)", "(Hrsg.)", "Hrsg. v. ", "(Hgg.)"),
    ("Bd. ", "Jg. ", "Band ", ""),
    ("H. ", "Heft ", "Nr. ", "No. "),
    ("S. ", "Seiten ", "S.", ""),
    ("2. Aufl.", "3., überarb. Aufl.", "2. Auflage"),
    ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "Dezember"),
    (
        "Frankfurt am Main: Suhrkamp",
        "Berlin: de Gruyter",
        "München: Beck",
        "Göttingen: Vandenhoeck & Ruprecht",
        "Stuttgart: Metzler",
        "Wiesbaden: VS Verlag",
        "Baden-Baden: Nomos",
        "Bielefeld: transcript Verlag",
    ),
)
FRENCH = Words(
    (" et ", " & ", ", ", " et "),
    ("In ", "dans ", "in : ", "Dans : ", "in "),
    ("(dir.)", "(éd.)", "(éds.)", "(sous la dir. de)"),
    ("vol. ", "t. ", "tome ", "Vol. "),
    ("n° ", "no ", "n°", "numéro "),
    ("p. ", "pp. ", "p.", ""),
    ("2e éd.", "3e édition"),
    ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "décembre"),
    (
        "Paris : Gallimard",
        "Paris, La Découverte",
        "Paris: Éditions du Seuil",
        "Paris, PUF",
        "Rennes : Presses universitaires de Rennes",
        "Bruxelles : De Boeck",
        "Paris, L'Harmattan",
        "Montréal, Presses de l'Université de Montréal",
    ),
)
SPANISH = Words(
    (" y ", " & ", "; ", " y "),
    ("En ", "En: ", "en "),
    ("(Ed.)", "(Eds.)", "(coords.)", "(comp.)"),
    ("vol. ", "Vol. ", "v. ", "tomo "),
    ("núm. ", "n.º ", "no. ", "nº "),
    ("pp. ", "págs. ", "p. ", ""),
    ("2ª ed.", "3a edición"),
    ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "diciembre"),
    (
        "Madrid: Alianza",
        "México: Fondo de Cultura Económica",
        "Barcelona: Ariel",
        "Buenos Aires: Siglo XXI",
        "Quito: Abya-Yala",
        "Madrid: Cátedra",
        "Santiago de Chile: LOM Ediciones",
    ),
)
ITALIAN = Words(
    (" e ", ", ", "; ", " - "),
    ("in ", "In ", "in: "),
    ("(a cura di)", "a cura di", "(cur.)"),
    ("vol. ", "vol. ", "n.s. "),
    ("n. ", "fasc. ", "nr. "),
    ("pp. ", "p. ", "pp.", ""),
    ("2a ed.", "seconda edizione"),
    ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre"),
    (
        "Torino: Einaudi",
        "Bologna, Il Mulino",
        "Roma, Carocci",
        "Milano: Feltrinelli",
        "Firenze, Olschki",
        "Roma-Bari, Laterza",
    ),
)
PORTUGUESE = Words(
    (" e ", "; ", "; ", " & "),
    ("In: ", "in: ", "In "),
    ("(Org.)", "(Orgs.)", "(coord.)"),
    ("v. ", "vol. ", "V. "),
    ("n. ", "nº ", "n.º "),
    ("p. ", "pp. ", "p.", ""),
    ("2. ed.", "3ª ed."),
    ("jan.", "fev.", "março", "abr.", "maio", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."),
    (
        "São Paulo: Companhia das Letras",
        "Rio de Janeiro: Zahar",
        "Lisboa: Gulbenkian",
        "Petrópolis: Vozes",
        "Campinas: Editora da Unicamp",
        "Brasília: Editora UnB",
    ),
)
LANGUAGES: tuple[Words, ...] = (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE)
#: Places that stand before the press with a comma.
PLACES = frozenset({"Paris", "Roma", "Bologna", "Firenze", "Roma-Bari", "Montréal", "Bruxelles"})
GIVEN_NAMES: tuple[str, ...] = tuple(
    """
    John Mary Robert Anna Peter Maria Thomas Elena Hans Claire Jean-Pierre Luis Carlos Giulia Marco Paulo Sofia
    Ingrid Lars Wei Xiaoming Hiroshi Min-Jung Rajesh Priya Ahmed Fatima Olga Dmitri Katarzyna Michael Susan
    David Laura Andrew Charlotte William Henrik Margaret Frank Judith Bruno Pierre Ulrich Monika Jürgen Sandra
    Kevin Amy Daniel Rachel
    """.split()
)
