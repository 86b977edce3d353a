/** What each option is for, in French, by its English words; what is the same in both is not here. */
export const optionsFr: Readonly<Record<string, string>> = {
  'short name in accords: lowercase letters, digits, hyphens':
    'nom court dans les accords : minuscules, chiffres, traits d’union',
  'name in French': 'nom en français',
  'name in Arabic; else the French one': 'nom en arabe ; à défaut le nom français',
  'name in English; else the French one': 'nom en anglais ; à défaut le nom français',
  'country, for the calendar': 'pays, pour le calendrier',
  'time zone, for the calendar': 'fuseau horaire, pour le calendrier',
  'relying-party id of the officers’ signing keys': 'relying-party id des clés de signature des agents',
  'origin of the desk on which officers sign': 'origine du poste sur lequel les agents signent',
  'port of the HTTP API on this machine (8460)': 'port de l’API HTTP sur cette machine (8460)',
  'address on which counterparts dial in (0.0.0.0)': 'adresse sur laquelle les contreparties appellent (0.0.0.0)',
  'port on which counterparts dial in (8461)': 'port sur lequel les contreparties appellent (8461)',
  'name of the relation, the same on both sides': 'nom de la relation, le même des deux côtés',
  'short name of the other party': 'nom court de l’autre partie',
  'where to dial the counterpart, https://host:port; else it dials us':
    'où appeler la contrepartie, https://hôte:port ; à défaut c’est elle qui appelle',
  'a folder that both stations reach': 'un dossier que les deux stations atteignent',
  'where to write the terms file (NAME-terms-PARTY.json)': 'où écrire le fichier de conditions (NAME-terms-PARTY.json)',
  'the relation; else the station’s only one': 'la relation ; à défaut la seule de la station',
  'the counterpart’s terms file': 'le fichier de conditions de la contrepartie',
  'where to write the draft (accord-draft.json)': 'où écrire le projet (accord-draft.json)',
  'an edited draft; else the defaults': 'un projet modifié ; à défaut les valeurs proposées',
  'where to write the proposal (NAME-proposal.json)': 'où écrire la proposition (NAME-proposal.json)',
  'fingerprints were compared by voice: do not ask': 'les empreintes ont été comparées de vive voix : ne pas demander',
  'where to write the accord signed by both (NAME-accord.json)':
    'où écrire l’accord signé par les deux (NAME-accord.json)',
  'the relation': 'la relation',
  'the edited accord; without it, the accord in force is written to --out':
    'l’accord modifié ; sans lui, l’accord en vigueur est écrit dans --out',
  'where to write the accord in force (NAME-accord-draft.json)':
    'où écrire l’accord en vigueur (NAME-accord-draft.json)',
  'do not ask': 'ne pas demander',
  'name; stays in this house, the channel knows a pseudonym':
    'nom ; il reste dans cette maison, le canal ne connaît qu’un pseudonyme',
  'function as the counterpart reads it: duty-officer': 'fonction telle que la contrepartie la lit : duty-officer',
  'unit, for the roster (desk)': 'unité, pour le tableau de service (desk)',
  'the passphrase that seals the key; else it is asked for':
    'la phrase de passe qui scelle la clé ; à défaut elle est demandée',
  'leave the key readable by this user alone': 'laisser la clé lisible par ce seul utilisateur',
  'left, lost, replaced, compromised (left); lost and replaced keep the officer':
    'left, lost, replaced, compromised (left) ; avec lost et replaced l’agent demeure',
  'the officer; else the only one enrolled here': 'l’agent ; à défaut le seul inscrit ici',
  'of one track': 'd’une filière',
  'in one state': 'dans un état',
  'how many at most (50)': 'combien au plus (50)',
  'a gate that would have been passed, and why': 'un contrôle qui aurait été franchi, et pourquoi',
  'a gate that would not have been, and why': 'un contrôle qui ne l’aurait pas été, et pourquoi',
  'read the content too; the purpose is logged': 'lire aussi le contenu ; le but est consigné',
  'the restriction of code H3 was read': 'la restriction du code H3 a été lue',
  'only say what would be mapped; needs no station': 'dire seulement ce qui serait repris ; sans station',
  'the list; importing the same name again replaces it': 'la liste ; importer de nouveau le même nom la remplace',
  'what the file is': 'ce qu’est le fichier',
  'a purpose for which the list may be searched; repeat it':
    'une finalité pour laquelle la liste peut être consultée ; à répéter',
  'what a heading of a CSV stands for: name, family, birth…':
    'ce que veut dire un en-tête d’un CSV : name, family, birth…',
  'why; it is logged': 'pourquoi ; c’est consigné',
  'whose dossiers and lists may be searched for it: leads/investigation':
    'pour quelle finalité dossiers et listes peuvent être consultés : leads/investigation',
  'what bears the name (person)': 'ce qui porte le nom (person)',
  'where born, in any spelling': 'lieu de naissance, dans toute graphie',
  'how many at most (20)': 'combien au plus (20)',
  'the restrictions of code H3 were read': 'les restrictions du code H3 ont été lues',
  'in one state (proposed)': 'dans un état (proposed)',
  'of one dossier': 'd’un dossier',
  'of one draft': 'd’un projet d’acte',
  'why; it goes to the house log': 'pourquoi ; c’est inscrit au journal interne',
  'the draft as JSON ({"inputs":…,"fields":…,"handling":…}); options below go over it':
    'le projet d’acte en JSON ({"inputs":…,"fields":…,"handling":…}) ; les options ci-dessous l’emportent',
  'the dossier; absent: the act opens one': 'le dossier ; absent : l’acte en ouvre un',
  'a field of the body; lists and groups as JSON': 'un champ du contenu ; listes et groupes en JSON',
  'what clocks and counters read': 'ce que lisent délais et compteurs',
  'handling codes: H0, H1, H2, H3 (H0)': 'codes de traitement : H0, H1, H2, H3 (H0)',
  'source and information, 4×4': 'source et information, 4×4',
  'a check passed, with its reasons, which stay in this house':
    'un contrôle franchi, avec ses raisons, qui restent dans cette maison',
  'a file to attach': 'un fichier à joindre',
  'past this instant it is not released any more': 'passé cet instant, il n’est plus émis',
  'claim the floor: it passes every lane': 'invoquer le plancher : il passe toutes les voies',
  'where to write it (act.json)': 'où l’écrire (act.json)',
  'the passphrase of the key; else it is asked for': 'la phrase de passe de la clé ; à défaut elle est demandée',
  'what is to be signed was read: do not ask': 'ce qui est à signer a été lu : ne pas demander',
  'a purpose that the accord names: leads/investigation': 'une finalité que l’accord nomme : leads/investigation',
  'one person a line, {"names":["…"],"births":["1984-03-12"]}; else our watch lists of the purpose':
    'une personne par ligne, {"names":["…"],"births":["1984-03-12"]} ; à défaut nos listes de surveillance de la finalité',
  'date of birth, or the year where the names are rare: without one nobody is asked about':
    'date de naissance, ou l’année pour des noms rares : sans elle la question ne porte sur personne',
  'our offline identity; else NAME.identity in the root folder':
    'notre identité hors ligne ; à défaut NAME.identity dans le dossier racine',
  'where to write the transcript (ACT.transcript.json)': 'où écrire la transcription (ACT.transcript.json)',
  'date of birth, or the year where the names are rare': 'date de naissance, ou l’année pour des noms rares',
  'where to write the transcript (SET.transcript.json)': 'où écrire la transcription (SET.transcript.json)',
  'what a restored counterpart asks, as its doctor says: what it lacks':
    'ce que demande une contrepartie restaurée, comme le dit son doctor : ce qui lui manque',
  'the whole channel from its first entry, as for a counterpart that lost everything':
    'le canal entier depuis sa première inscription, comme pour une contrepartie qui a tout perdu',
  'with content; the house log says so': 'avec le contenu ; le journal interne le dit',
  'with --bodies: what the content is for': 'avec --bodies : à quoi sert le contenu',
  'with --bodies: who receives it': 'avec --bodies : qui le reçoit',
  'the tar file (evidence-ACT.tar)': 'le fichier tar (evidence-ACT.tar)',
  'with the content of the act: a disclosure, logged': 'avec le contenu de l’acte : une communication, consignée',
  'with --body: why': 'avec --body : pourquoi',
  'with --body: for whom': 'avec --body : pour qui',
  'with --body: the restriction of code H3 was read': 'avec --body : la restriction du code H3 a été lue',
  'a root’s fingerprint, as compared by voice; give both':
    'l’empreinte d’une racine, comparée de vive voix ; donner les deux',
  'every officer’s and station’s signature too (slower)':
    'aussi la signature de chaque agent et de chaque station (plus lent)',
  'age recipient; else the one made by entente init': 'destinataire age ; à défaut celui que entente init a créé',
  'the backup identity; else backup.identity in the root folder':
    'l’identité de sauvegarde ; à défaut backup.identity dans le dossier racine',
  'who orders it, for the house log; else the user of this machine':
    'qui l’ordonne, pour le journal interne ; à défaut l’utilisateur de cette machine',
  'entries common to both sides; else as many as the counterpart last cosigned':
    'inscriptions communes aux deux côtés ; à défaut autant que la contrepartie en a cosigné en dernier',
  'where to write the notice (NAME-epoch-N.notice)': 'où écrire la notification (NAME-epoch-N.notice)',
  'the last instant at which all was well, 2026-11-23T08:00:00Z':
    'le dernier instant où tout allait bien, 2026-11-23T08:00:00Z',
  'a stolen key: sealing, station, administration, or the 64 digits of an officer’s':
    'une clé volée : sealing, station, administration, ou les 64 chiffres de celle d’un agent',
  'where to write the notice (NAME-compromise.notice)': 'où écrire la notification (NAME-compromise.notice)',
  'index of the first entry': 'rang de la première inscription',
  'index after the last entry': 'rang qui suit la dernière inscription',
  'an edited accord to name it in; else the one in force':
    'un accord modifié qui doit le nommer ; à défaut celui en vigueur',
  'where to write that accord (NAME-accord-draft.json)': 'où écrire cet accord (NAME-accord-draft.json)',
  'where to write the notice (NAME-keyset-spare.notice)': 'où écrire la notification (NAME-keyset-spare.notice)',
  'where to write the notice (NAME-keyset-N.notice)': 'où écrire la notification (NAME-keyset-N.notice)',
  'seconds by which ours is ahead, below 0 where it is behind; 0 ends it':
    'de combien de secondes notre horloge avance, moins de 0 si elle retarde ; 0 y met fin',
  'the station’s home folder; ENTENTE_HOME, else ./.entente':
    'le dossier de la station ; ENTENTE_HOME, à défaut ./.entente',
  'where the offline root keys are; else the folder root of the home':
    'où sont les clés racines hors ligne ; à défaut le dossier root de celui de la station',
  'language of what is said; else ENTENTE_LANGUAGE, else that of LANG':
    'langue de ce qui est dit ; à défaut ENTENTE_LANGUAGE, puis celle de LANG',
  'print one JSON value': 'écrire une seule valeur JSON',
  'show this help': 'montrer cette aide',
};
