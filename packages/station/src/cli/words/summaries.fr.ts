/** What each command does, in French, by its name. */
export const summariesFr: Readonly<Record<string, string>> = {
  init: 'Fonder une station : ses clés racines et son dossier',
  'relation invite': 'Créer nos clés pour une relation, et le fichier de conditions à remettre à la contrepartie',
  'accord draft': 'Écrire un projet d’accord à partir des deux fichiers de conditions, à modifier avant de le proposer',
  'accord propose': 'Signer un accord avec notre racine et écrire la proposition pour la contrepartie',
  'accord sign':
    'Montrer une proposition, la signer avec notre racine, l’installer et écrire l’accord pour qui l’a proposée',
  'accord show':
    'Montrer l’accord installé d’une relation, ou une proposition, avec les empreintes à comparer de vive voix',
  'accord install': 'Vérifier les quatre signatures et les deux jeux de clés d’un accord, et l’installer',
  'accord amend':
    'Proposer un nouvel accord dans le canal, signé par notre racine ; la contrepartie l’accepte par accord accept',
  'accord accept': 'Montrer les accords que la contrepartie a proposés, ou en accepter un avec notre racine',
  serve: 'Faire tourner la station jusqu’à Ctrl-C',
  'officer enrol': 'Créer la clé de signature d’un agent, l’inscrire dans le canal, et enregistrer l’agent',
  'officer revoke': 'Révoquer les clés de signature d’un agent dans toutes les relations, et l’agent',
  'officer list': 'Lister les agents de la maison et le nombre de leurs clés de signature',
  inbox: 'Montrer les dossiers par prochaine échéance',
  'review close': 'Clore l’examen d’un acte passé par le plancher, avec un constat sur chaque contrôle omis',
  'dossier list': 'Lister les dossiers, d’abord ceux qui ont une échéance',
  'dossier show':
    'Montrer un dossier, ses délais, ses actes et ses reçus ; avec --purpose aussi le contenu, chaque lecture étant consignée',
  import:
    'Faire des projets à partir de courriels, CSV, PDF, images, lots STIX et événements MISP ; un agent les complète et les signe',
  'watchlist import':
    'Reprendre une liste de surveillance : CSV, entités FollowTheMoney ou le XML de l’ONU ; chaque ligne non lue est nommée',
  'watchlist list':
    'Lister les listes de surveillance ; avec un nom, chaque ligne de la dernière reprise qui n’a pu être lue',
  'watchlist remove': 'Supprimer une liste de surveillance, ses entrées et tous les rapprochements qui en dépendaient',
  search:
    'Chercher une personne ou une organisation par son nom dans toute écriture, ou tout objet par son numéro ; la recherche est consignée',
  'match list': 'Lister les rapprochements : propositions que deux sujets n’en fassent qu’un ; sans contenu',
  'match show':
    'Montrer les deux côtés d’un rapprochement, le pour et le contre ; la lecture est consignée avec son motif',
  'match confirm':
    'Confirmer que les deux côtés d’un rapprochement ne font qu’un ; qui, quand et pourquoi va au journal interne',
  'match reject': 'Rejeter un rapprochement : il n’est plus proposé tant que les deux côtés disent la même chose',
  'act prepare': 'Rédiger les octets exacts d’un acte, à signer par un agent ou deux',
  'act sign':
    'Montrer des actes préparés tels que leurs octets les disent, et les signer ; un second agent signe le même fichier',
  'act send': 'Remettre des actes signés à la station, qui vérifie tout et les émet',
  'blind key':
    'Créer notre première clé de vérification aveugle pour une finalité, et montrer ce que l’accord doit en dire',
  'blind publish':
    'Publier, masqué, qui nous surveillons pour une finalité : la contrepartie interroge une personne à la fois',
  'blind check':
    'Demander si la contrepartie connaît une personne, sans lui dire qui : préparé, signé, envoyé, cherché ici',
  'blind list': 'Montrer les budgets, les ensembles et les vérifications ; non pas sur qui portait une vérification',
  'blind rotate':
    'Remplacer, par notre racine, notre clé de vérification aveugle d’une finalité ; republier ensuite l’ensemble',
  'blind open':
    'Ouvrir une de nos vérifications pour l’audit, avec l’identité hors ligne : les deux inspecteurs savent alors sur qui elle portait',
  'blind prove': 'Montrer si une personne figurait dans un de nos ensembles, sans ouvrir sa clé',
  'blind audit':
    'Confronter un procès-verbal aux canaux de cette station : quelle clé, quels éléments, quelle table, trouvé ou non',
  'carry out':
    'Écrire tout ce que la contrepartie n’est pas connue pour détenir dans un fichier scellé pour une clé USB ; sans réseau',
  'carry in': 'Prendre une clé USB de la contrepartie : chaque colis est vérifié comme s’il était venu par la liaison',
  'export channel':
    'Écrire les deux canaux d’une relation dans un dossier que entente verify contrôle sans base de données',
  'export evidence':
    'Écrire la preuve d’un acte : qui l’a autorisé, qu’il a été journalisé et détenu ; vérifiable sans station',
  verify: 'Vérifier des canaux exportés (un dossier) ou une preuve (un tar) à partir des seuls octets ; sans station',
  backup: 'Écrire une sauvegarde scellée de la base à cet instant ; la station peut continuer de tourner',
  restore:
    'Restaurer une sauvegarde dans une base vide ; la station rattrape ses contreparties avant de dire quoi que ce soit',
  'force-start': 'Laisser notre canal continuer sans rattrapage : la contrepartie verra deux histoires et l’arrêtera',
  'epoch open': 'Ouvrir l’époque suivante de notre canal après la dernière tête commune, signée par notre racine',
  'orphans list': 'Lister nos actes qu’une nouvelle époque a laissés et que personne n’a émis de nouveau',
  'orphans release':
    'Émettre de nouveau, tel qu’il fut signé, un acte qu’une nouvelle époque a laissé ; il est jugé à sa nouvelle place',
  'compromise notice':
    'Déclarer, par notre racine, que nos clés ou notre station sont en d’autres mains depuis un instant',
  'compromise confirm':
    'Confirmer, par notre racine, des entrées à nous qu’une déclaration de compromission a rendues suspectes',
  'keyset spare':
    'Créer un nouveau jeu de clés de réserve signé par notre racine, et écrire l’accord qui le nomme, à proposer',
  'keyset use-spare':
    'Mettre en vigueur le jeu de clés de réserve de l’accord : journal, miroir, TLS, station et scellement, en quelques minutes',
  'keyset next':
    'Créer le jeu de clés qui suit celui en vigueur, le faire signer par notre racine, et le mettre en vigueur',
  'notice accept':
    'Prendre un avis de la racine de la contrepartie : nouvelle époque, compromission, jeu de clés ; signatures vérifiées',
  'clock override':
    'Confirmer par un acte que notre horloge est juste, bien que celle de la contrepartie diffère d’autant de secondes',
  'house head':
    'Montrer la tête signée du journal interne, avec tout ce qu’il contient : un point de contrôle C2SP pour les auditeurs',
  'house go-on':
    'Laisser signer de nouveau un journal interne tronqué, après une restauration ; ce qui manque y est inscrit',
  doctor: 'Examiner clés, papiers, base, haute marque, horloge, disque, liaisons et ce qui attend ; dire que faire',
};
