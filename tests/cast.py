"""Everybody the tests know by name. Written once in the database that every test starts from."""

from dataclasses import dataclass
from datetime import UTC, datetime

from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.organisations.actions import add_contact, add_member
from mediane.organisations.models import Membership, Organisation, Role
from mediane.people.actions import Identity, recognise
from mediane.people.models import Beneficiary

STAFF: dict[str, tuple[str, ...]] = {
    "claire": ("75", "Claire Vasseur", Role.MEDIATOR, "médiatrice"),
    "nadia": ("75", "Nadia Pruvost", Role.OFFICER, "référente"),
    "amine": ("75", "Amine Djebbari", Role.OFFICER, "référent"),
    "agnes": ("75", "Agnès Delattre", Role.HEAD, "directrice"),
    "malik": ("75", "Malik Ferhat", Role.CONTACT, "gestionnaire", "BENEFITS"),
    "odile": ("75", "Odile Perrin", Role.LEADER, "responsable", "BENEFITS"),
    "yann": ("75", "Yann Le Goff", Role.CONTACT, "gestionnaire", "RECOVERY"),
    "remi": ("82", "Rémi Castagné", Role.MEDIATOR, "médiateur"),
    "helene": ("CNAF", "Hélène Marchetti", Role.NATIONAL, "médiatrice nationale"),
}
PEOPLE = {
    "samira": ("75", "4817263", "Madame", "Samira", "Belkacem", "18 rue des Envierges\n75020 Paris"),
    "lucette": ("75", "2604418", "Madame", "Lucette", "Morvan", "3 passage des Lilas\n75019 Paris"),
    "awa": ("82", "3307154", "Madame", "Awa", "Traoré", "7 chemin du Tescou\n82000 Montauban"),
}
AT = datetime(2026, 11, 9, 13, 41, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    paris: Organisation
    tarn: Organisation
    cnaf: Organisation
    claire: Actor
    nadia: Actor
    amine: Actor
    agnes: Actor
    malik: Actor
    odile: Actor
    yann: Actor
    remi: Actor
    helene: Actor
    samira: Beneficiary
    lucette: Beneficiary
    awa: Beneficiary


def create() -> None:
    """Write the cast down, by the product’s own verbs."""
    for key, (code, name, role, title, *service) in STAFF.items():
        organisation = Organisation.objects.get(code=code)
        known = {"email": f"{key}@caf.exemple", "full_name": name, "role": Role(role), "title": title}
        if service:
            add_contact(organisation=organisation, service=service[0], **known, at=AT)
        else:
            add_member(organisation=organisation, **known, at=AT)
    with rowsecurity.working_for(rowsecurity.signin()):
        for key, (code, number, title, first, last, address) in PEOPLE.items():
            recognise(
                at=AT,
                identity=Identity(
                    organisation_code=code,
                    number=number,
                    title=title,
                    first_name=first,
                    last_name=last,
                    email=f"{key}@exemple.fr",
                    phone="06 39 98 41 27",
                    postal_address=address,
                ),
            )


def call() -> Cast:
    """Find everybody again."""
    with rowsecurity.working_for(rowsecurity.signin()):
        members = {m.user.email.split("@")[0]: m for m in Membership.objects.select_related("user")}
        people = {b.email.split("@")[0]: b for b in Beneficiary.objects.select_related("organisation")}
    cafs = {caf.code: caf for caf in Organisation.objects.filter(code__in=("75", "82", "CNAF"))}
    return Cast(
        paris=cafs["75"],
        tarn=cafs["82"],
        cnaf=cafs["CNAF"],
        **{key: members[key].as_actor() for key in STAFF},
        **{key: people[key] for key in PEOPLE},
    )
