"""Invented words: nobody’s name, nobody’s story."""

FIRST_NAMES = (
    *(
        "Samira",
        "Lucette",
        "Ibrahima",
        "Jeanne",
        "Tomasz",
        "Wei",
        "Rokhaya",
        "Awa",
        "Paul",
        "Léa",
        "Hugo",
        "Inès",
    ),
    *(
        "Noé",
        "Élise",
        "Yanis",
        "Chloé",
        "Malo",
        "Sarah",
        "Théo",
        "Aïcha",
        "Marc",
        "Zoé",
        "Lina",
        "Émile",
        "Rose",
    ),
)
LAST_NAMES = (
    *(
        "Belkacem",
        "Morvan",
        "Sow",
        "Kermadec",
        "Zielinski",
        "Chen",
        "Diop",
        "Traoré",
        "Vidal",
        "Aubrac",
        "Lemoine",
    ),
    *(
        "Garrec",
        "Duvallon",
        "Œuvrard",
        "Noël-Petit",
        "Haddad",
        "Rossi",
        "Nguyen",
        "Camara",
        "Lefort",
        "Bréval",
    ),
    *(
        "Castan",
        "Delmas",
        "Fournel",
        "Goasdoué",
        "Hérault",
        "Jolivet",
        "Marchais",
        "Quénet",
        "Roussel",
        "Tessier",
    ),
)
ASKED = (
    "Comprendre ce trop-perçu et baisser la retenue",
    "Recevoir le versement du mois dernier",
    "Savoir pourquoi mes droits ont baissé",
    "Faire corriger la composition de mon foyer",
    "Obtenir une réponse à ma réclamation",
    "Étaler le remboursement sur un an",
)
SENTENCES = (
    "On me retient 187 € par mois pour une dette que je ne comprends pas.",
    "J’ai signalé mon changement d’adresse dès le mois de mars, par mon espace.",
    "Personne ne m’a expliqué le calcul, malgré deux appels et une visite.",
    "Je vis avec mes deux enfants et je ne touche plus que 412 € ce mois-ci.",
    "La réponse reçue à ma réclamation parle d’une autre prestation.",
    "J’ai envoyé trois fois les mêmes justificatifs.",
    "Mon bailleur me réclame maintenant la part de loyer non versée.",
    "Je voudrais savoir à quelle date mon dossier sera corrigé.",
    "Je travaille à mi-temps depuis septembre et mes ressources ont changé.",
    "Le montant annoncé sur le site n’est pas celui du courrier.",
)
MESSAGES = (
    "Bonjour, je vous envoie le bail signé et la dernière quittance.",
    "Nous avons transmis votre dossier au service chargé du calcul. Il nous répond sous dix jours.",
    "Merci. Je n’ai pas encore l’attestation demandée, mon employeur l’enverra lundi.",
    "Votre document est bien arrivé. Il n’y a rien d’autre à faire pour le moment.",
)
PIECES = ("Bail ou attestation de loyer", "Dernière quittance", "Attestation de l’employeur")
REPLY = (
    "Madame, Monsieur,\\n\\nVous avez saisi le service médiation au sujet d’un trop-perçu. J’ai "
    "repris le calcul "
    "avec le service concerné.\\n\\n## Ce que j’ai constaté\\n\\nLa date de votre changement "
    "d’adresse n’avait pas "
    "été prise en compte. Le montant de la dette est donc revu à la baisse.\\n\\n## Ce que cela "
    "change\\n\\nLa "
    "retenue passe à 45 € par mois à compter du mois prochain."
)
_STARTS = ("bar", "cor", "dan", "fer", "gal", "jou", "lam", "mar", "nor", "per", "quer", "sal", "tour", "vil")
_MIDDLES = ("a", "an", "el", "er", "i", "in", "ol", "on", "ou", "u", "y")
_ENDS = ("bert", "court", "dier", "fond", "gnac", "lain", "mont", "nec", "quin", "rand", "teau", "val", "zac")
# Thousands of names, most of them rare, as people’s are; the ones above come first, and oftener.
LAST_NAMES += tuple(
    (start + middle + end).capitalize() for start in _STARTS for middle in _MIDDLES for end in _ENDS
)
