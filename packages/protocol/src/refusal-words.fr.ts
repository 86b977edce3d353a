import type { NotedReason } from './act.ts';
import type { RefusalCode } from './refusal.ts';

/** Ce qui s’est passé, sur quoi, et que faire. Ce qui est entre crochets disparaît si la valeur n’est pas connue. */
export const refusalsInFrench: Readonly<Record<RefusalCode, string>> = {
  'json-malformed': 'Les données reçues ne sont pas du JSON[ (à {where})][ : {what}]. Demandez un nouvel envoi.',
  'json-not-canonical':
    'Les données reçues ne sont pas écrites dans la seule forme qui puisse être signée[ (à {where})][ : {what}]. Réécrivez-les avec Entente.',
  'json-too-deep': 'Les données reçues comportent trop de niveaux[ (à {where})][ : {what}]. Simplifiez-les.',
  'text-invisible-characters':
    'Le texte contient un caractère invisible[ (à {where})][ : {what}]. Supprimez-le et saisissez de nouveau le passage.',
  'field-missing': 'Un champ obligatoire manque[ : {where}][ ({what})]. Renseignez-le.',
  'field-unknown':
    'Un champ n’est déclaré nulle part[ : {where}][ ({what})]. Retirez-le ou vérifiez la version du domaine.',
  'field-malformed': 'Un champ n’a pas la forme voulue[ : {where}][ ; attendu : {what}]. Corrigez-le.',
  'too-large': 'L’envoi dépasse la taille permise[ (à {where})][ : {what}]. Scindez-le ou abrégez-le.',
  'base64-malformed': 'Les données ne sont pas du base64 correct[ (à {where})][ : {what}]. Demandez un nouvel envoi.',
  'key-malformed': 'La clé est illisible[ (à {where})][ : {what}]. Vérifiez qu’elle a été copiée en entier.',
  'envelope-malformed':
    'L’enveloppe d’un acte est illisible[ (à {where})][ : {what}]. Prévenez les administrateurs du partenaire et redemandez-la.',
  'approval-malformed':
    'L’approbation de l’agent est illisible[ (à {where})][ : {what}]. Approuvez de nouveau les actes.',
  'parcel-malformed':
    'Le pli est illisible[ (à {where})][ : {what}]. Rien n’en a été repris ; demandez au partenaire de le renvoyer.',
  'leaf-malformed':
    'Une entrée du canal est illisible[ (à {where})][ : {what}]. Rien n’en a été repris ; prévenez les administrateurs du partenaire.',
  'note-malformed': 'La note signée est illisible[ (à {where})][ : {what}]. Demandez un nouvel envoi.',
  'accord-malformed':
    'L’accord ne tient pas[ (à {where})][ ; attendu : {what}]. Corrigez toutes les fautes relevées, puis faites-le signer par les deux parties.',
  'keyset-malformed':
    'Le jeu de clés est illisible[ (à {where})][ : {what}]. Établissez-le de nouveau avec la clé racine.',
  'attachment-malformed':
    'La pièce jointe est illisible[ (à {where})][ : {what}]. Demandez au partenaire de la renvoyer.',
  'tar-malformed':
    'L’archive de la clé USB est illisible[ (à {where})][ : {what}]. Copiez-la de nouveau depuis la station qui l’a écrite.',
  'hash-mismatch':
    'Le contenu n’est pas celui qui était annoncé : son empreinte diffère[ (à {where})][ : {what}]. Il n’a pas été repris ; redemandez-le.',
  'signature-invalid':
    'Une signature n’est pas valable[ (à {where})][ : {what}]. Ce qu’elle couvre n’a pas été repris ; prévenez votre responsable de la sécurité.',
  'signature-missing': 'Une signature obligatoire manque[ (à {where})][ : {what}]. Faites signer, puis renvoyez.',
  'proof-invalid':
    'La preuve ne montre pas ce qu’elle prétend[ (à {where})][ : {what}]. Ne vous y fiez pas et prévenez votre responsable de la sécurité.',
  'key-unknown': 'La clé n’est pas connue ici[ (à {where})][ : {what}]. Vérifiez que son jeu de clés est arrivé.',
  'key-not-allowed': 'L’accord n’admet pas ce genre de clé[ (à {where})][ : {what}]. Employez une clé qu’il admet.',
  'wrong-recipient':
    'L’envoi est destiné à une autre partie[ ({what})]. Il n’a pas été repris ; prévenez l’expéditeur.',
  'wrong-relation': 'L’envoi relève d’une autre relation[ ({what})]. Il n’a pas été repris ; prévenez l’expéditeur.',
  'wrong-epoch': 'L’envoi relève d’une autre époque du canal[ ({what})]. Attendez l’avis de la clé racine.',
  'accord-not-signed':
    'L’accord n’est pas signé par les deux racines[ ({what})]. Il ne prend effet qu’une fois signé par les deux parties.',
  'approval-missing': 'Aucun agent n’a approuvé cet acte[ ({what})]. Faites-le approuver à un poste.',
  'seal-unopenable':
    'Le pli ne s’ouvre avec aucune des clés détenues ici[ ({what})]. Il est demandé au partenaire de le sceller de nouveau.',
  'history-conflict':
    'Le partenaire a présenté deux historiques qui s’excluent[ ({what})]. Les deux sont conservés comme preuve et le canal est arrêté ; prévenez immédiatement votre chef de service.',
  'head-behind':
    'La tête du canal est antérieure à ce qui a déjà été attesté[ ({what})]. Elle n’a pas été reprise ; la station doit d’abord se mettre à jour.',
  'seen-too-far':
    'Une entrée prétend avoir vu plus qu’il n’a jamais été envoyé[ (à {where})][ : {what}]. Elle n’a pas été reprise ; prévenez les administrateurs du partenaire.',
  'seen-decreases':
    'Une entrée prétend avoir vu moins que la précédente[ (à {where})][ : {what}]. Elle n’a pas été reprise ; prévenez les administrateurs du partenaire.',
  gap: 'Il manque des entrées avant celles-ci[ ({what})]. Elles attendent que les manquantes soient arrivées ; demandez-les au partenaire.',
  'channel-stopped':
    'Le canal est arrêté[ ({what})]. Seuls passent les actes du socle, jusqu’à ce que la clé racine ouvre une nouvelle époque.',
  'not-caught-up':
    'La station n’a pas encore rattrapé son propre canal[ ({what})]. Rien ne peut être émis d’ici là ; laissez-la joindre le partenaire.',
  'clock-off':
    'L’horloge de la station s’écarte trop de celle du partenaire[ ({what})]. Réglez-la, ou faites-la confirmer par un acte d’administrateur.',
  'quota-exceeded':
    'Le quota de l’accord est épuisé[ ({what})]. Le plus urgent passe d’abord[ ; réessayez dans {retryAfter}].',
  'not-authorised':
    'Votre fonction ne le permet pas[ ({what})]. Adressez-vous à un agent habilité ou à un administrateur.',
  'not-allowed-in-state':
    'L’état du dossier ne permet pas cet acte[ ({what})]. Rechargez le dossier et voyez ce qui est possible à présent.',
  'act-type-unknown':
    'Ce type d’acte n’existe pas dans le domaine[ ({what})]. Choisissez-en un que le domaine déclare.',
  'track-unknown':
    'Ce domaine ne fait pas partie de l’accord[ ({what})]. Choisissez-en un autre ou proposez un nouvel accord.',
  'gate-open':
    'Un contrôle préalable à l’émission n’a pas été franchi[ : {what}]. Faites-le consigner, puis émettez l’acte.',
  'handling-forbids':
    'Les codes de traitement interdisent cet usage[ ({what})]. Demandez la permission au propriétaire et attendez sa réponse.',
  'lane-closed':
    'La voie est fermée à cet acte[ ({what})]. L’acte attend et partira à la réouverture de la voie ; rien n’est perdu.',
  'past-not-after': 'Le délai d’émission de l’acte est passé[ ({what})]. Réexaminez-le et approuvez-le de nouveau.',
  'two-officers-needed': 'Cet acte exige deux agents[ ({what})]. Faites-le approuver par un second agent.',
  'dossier-unknown': 'Ce dossier n’existe pas ici[ ({what})]. Vérifiez son numéro et la relation.',
  'act-unknown': 'Cet acte n’existe pas ici[ ({what})]. Vérifiez son numéro ou attendez sa réception.',
  'officer-unknown': 'Cet agent n’est pas enrôlé ici[ ({what})]. Faites-le enrôler par un administrateur.',
  'relation-unknown': 'Cette relation n’existe pas ici[ ({what})]. Vérifiez son nom.',
  'token-expired': 'Votre session a pris fin[ ({what})]. Identifiez-vous de nouveau.',
  'attachment-unknown': 'Cette pièce jointe n’existe pas ici[ ({what})]. Vérifiez l’acte auquel elle appartient.',
  'attachment-awaited':
    'La pièce jointe est annoncée et n’est pas encore arrivée[ ({what})]. Elle s’ouvrira dès son arrivée[ ; réessayez dans {retryAfter}].',
  'body-erased': 'Le contenu de cet acte a été effacé[ ({what})]. Seuls en restent l’en-tête et les preuves.',
  'body-awaited':
    'Le contenu de cet acte n’est pas venu de la contrepartie[ ({what})]. L’acte compte ; demandez-lui de le dire de nouveau.',
  'purpose-missing':
    'Aucun motif n’a été donné pour cette consultation[ ({what})]. Indiquez-le : il est consigné avec elle.',
  'already-exists': 'Cela existe déjà[ : {what}]. Rien n’a été changé.',
  'list-unknown':
    'Cette liste de surveillance n’existe pas[ : {where}]. entente watchlist list montre celles qui existent.',
  'list-malformed':
    'La liste de surveillance est illisible[ à {where}][ ({what})]. Rien n’en a été repris ; corrigez le fichier et importez-le de nouveau.',
  'match-unknown':
    'Cette concordance n’existe pas, ou vous n’avez pas à la connaître[ : {where}]. Elle a pu disparaître avec ce qui l’avait fait naître ; revoyez la liste.',
  'blind-unknown':
    'L’accord ne permet aucune vérification aveugle pour cette finalité[ : {where}]. Choisissez une finalité qu’il nomme ou proposez un nouvel accord.',
  'blind-set-missing':
    'Il n’y a pas d’ensemble à interroger[ : {what}]. Attendez que l’autre partie en ait publié un et que sa table soit arrivée.',
  'database-unsafe':
    'Le réglage de la base de données exposerait à perdre, en cas de coupure, ce dont il a été accusé réception[ : {what}]. Corrigez-le, puis redémarrez.',
  'database-newer':
    'La base de données a été écrite par une version plus récente d’Entente[ ({what})]. Installez cette version ; celle-ci n’a rien changé.',
  'store-full':
    'Il n’y a plus de place pour enregistrer[ ({what})]. Libérez-en ; rien de ce qui a été reçu n’est perdu.',
  'link-down':
    'Le partenaire est injoignable[ ({what})]. Les actes attendent et seront envoyés[ ; prochain essai dans {retryAfter}].',
  'keystore-missing':
    'Les clés de la station sont introuvables[ (à {where})][ : {what}]. Restaurez-les ou établissez-les avec la racine.',
  'backup-malformed':
    'La sauvegarde est illisible[ (à {where})][ : {what}]. Rien n’a été restauré ; prenez-en une autre.',
  usage: 'La commande n’a pas été comprise[ : {what}]. Consultez entente --help.',
};

/** Pourquoi un acte est conservé et fait l’objet d’un accusé, sans avoir d’effet. */
export const notedInFrench: Readonly<Record<NotedReason, string>> = {
  malformed: 'L’acte est illisible. Demandez au partenaire de l’écrire de nouveau.',
  repeated: 'L’acte avait déjà été reçu ; le premier seul compte.',
  'type-unknown':
    'La version installée ici ne connaît pas ce type d’acte. Il sera montré une fois le domaine mis à jour.',
  'version-not-in-accord':
    'L’accord n’admet pas cette version du domaine. Convenez de la version, puis refaites l’acte.',
  'accord-not-in-force':
    'L’acte s’appuie sur un accord qui n’était pas en vigueur pour son auteur. Il est à refaire sous l’accord présent.',
  'accord-changes-keys':
    'L’accord accepté nomme d’autres clés d’une partie que celui qu’il remplace. Les clés changent par jeux de clés : le proposer à nouveau sans cela.',
  'signature-missing': 'L’acte est venu sans signature d’un agent. Il est à approuver et à refaire.',
  'signature-invalid': 'La signature de l’agent n’est pas valable. Prévenez votre responsable de la sécurité.',
  'key-unknown':
    'La clé de signature n’était pas enrôlée quand l’acte a été inscrit. Il est à refaire par un agent enrôlé.',
  'key-revoked':
    'La clé de signature était révoquée quand l’acte a été inscrit. Prévenez votre responsable de la sécurité.',
  'key-kind-not-allowed': 'L’accord n’admet pas le genre de clé qui a signé. L’acte est à refaire avec une autre.',
  'two-officers-needed': 'L’acte exige deux agents et un seul a signé. Il est à refaire par les deux.',
  'lane-closed': 'La voie était fermée à cet acte lors de son émission. Il est à refaire une fois la voie rouverte.',
  'gate-missing': 'Un contrôle préalable à l’émission n’est pas consigné dans l’acte. Il est à refaire avec celui-ci.',
  'legal-basis-missing': 'L’acte transfère des données sans nommer de base légale. Il est à refaire avec celle-ci.',
  'not-the-owner': 'Seul le propriétaire de l’élément peut dire cela. Adressez-vous à lui.',
  'not-in-this-state': 'L’état du dossier ne permettait pas cet acte. Examinez le dossier et décidez de nouveau.',
  'dossier-unopened': 'Aucun acte n’ouvre ce dossier. L’acte reste sans effet d’ici là.',
  'dossier-exists': 'Le dossier avait déjà été ouvert. La première ouverture compte.',
  suspect:
    'L’acte a été inscrit après le dernier moment où les clés du partenaire étaient dignes de foi. Il attend d’être confirmé.',
  orphaned:
    'L’acte suivait la dernière tête commune d’un canal clos. Il est à émettre de nouveau s’il est encore voulu.',
  overtaken: 'Un autre acte, dit au même moment, l’emporte sur celui-ci. Examinez le dossier et décidez de nouveau.',
  'inputs-malformed':
    'Ce que les délais et les compteurs lisent dans l’acte n’a pas la forme déclarée. Il est à refaire.',
  'names-unknown-act': 'L’acte parle d’un autre qui n’est pas dans ce dossier. Il est à refaire avec le bon.',
};
