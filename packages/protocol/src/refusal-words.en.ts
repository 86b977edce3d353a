import type { NotedReason } from './act.ts';
import type { RefusalCode } from './refusal.ts';

/** What happened, to what, and what to do. A part in brackets is left out where its value is not known. */
export const refusalsInEnglish: Readonly<Record<RefusalCode, string>> = {
  'json-malformed': 'The data received is not JSON[ at {where}][ ({what})]. Ask for it to be sent again.',
  'json-not-canonical':
    'The data received is not written in the one form that can be signed[, at {where}][ ({what})]. Write it again with Entente.',
  'json-too-deep': 'The data received is nested too deep[ at {where}][ ({what})]. Simplify it.',
  'text-invisible-characters':
    'The text contains a character that cannot be seen[ at {where}][ ({what})]. Delete it and type the passage again.',
  'field-missing': 'A required field is missing[: {where}][ ({what})]. Fill it in.',
  'field-unknown':
    'There is a field that nothing declares[: {where}][ ({what})]. Remove it, or check the version of the track.',
  'field-malformed': 'A field does not have the form it should[: {where}][; expected: {what}]. Correct it.',
  'too-large': 'What was sent is larger than the limit[ at {where}][: {what}]. Split it or shorten it.',
  'base64-malformed': 'The data is not correct base64[ at {where}][ ({what})]. Ask for it to be sent again.',
  'key-malformed': 'The key cannot be read[ at {where}][ ({what})]. Check that it was copied whole.',
  'envelope-malformed':
    'The envelope of an act cannot be read[ at {where}][ ({what})]. Tell the counterpart’s administrators and ask for it again.',
  'approval-malformed': 'The officer’s approval cannot be read[ at {where}][ ({what})]. Approve the acts again.',
  'parcel-malformed':
    'The parcel cannot be read[ at {where}][ ({what})]. Nothing of it was taken over; ask the counterpart to send it again.',
  'leaf-malformed':
    'An entry of the channel cannot be read[ at {where}][ ({what})]. Nothing of it was taken over; tell the counterpart’s administrators.',
  'note-malformed': 'The signed note cannot be read[ at {where}][ ({what})]. Ask for it to be sent again.',
  'accord-malformed':
    'The accord does not hold[ at {where}][; expected: {what}]. Correct every fault listed, then have both parties sign it.',
  'keyset-malformed': 'The keyset cannot be read[ at {where}][ ({what})]. Make it again with the root key.',
  'attachment-malformed':
    'The attachment cannot be read[ at {where}][ ({what})]. Ask the counterpart to send it again.',
  'tar-malformed':
    'The archive on the stick cannot be read[ at {where}][ ({what})]. Copy it again from the station that wrote it.',
  'hash-mismatch':
    'The content is not what was announced: its hash differs[ at {where}][ ({what})]. It was not taken over; ask for it again.',
  'signature-invalid':
    'A signature is not valid[ at {where}][ ({what})]. What it covers was not taken over; tell your security officer.',
  'signature-missing': 'A required signature is missing[ at {where}][ ({what})]. Have it signed, then send it again.',
  'proof-invalid':
    'The proof does not show what it claims[ at {where}][ ({what})]. Do not rely on it, and tell your security officer.',
  'key-unknown': 'The key is not known here[ at {where}][ ({what})]. Check that its keyset has arrived.',
  'key-not-allowed': 'The accord does not allow this kind of key[ at {where}][ ({what})]. Use a key that it allows.',
  'wrong-recipient': 'What was received is meant for another party[ ({what})]. It was not taken over; tell the sender.',
  'wrong-relation': 'What was received belongs to another relation[ ({what})]. It was not taken over; tell the sender.',
  'wrong-epoch':
    'What was received belongs to another epoch of the channel[ ({what})]. Wait for the notice of the root key.',
  'accord-not-signed':
    'The accord is not signed by both roots[ ({what})]. It takes effect only once both parties have signed it.',
  'approval-missing': 'No officer has approved this act[ ({what})]. Have it approved at a desk.',
  'seal-unopenable':
    'The parcel cannot be opened with the keys held here[ ({what})]. The counterpart is asked to seal it again.',
  'history-conflict':
    'The counterpart has shown two histories that exclude each other[ ({what})]. Both are kept as proof and the channel is stopped; tell your head of service at once.',
  'head-behind':
    'The head of the channel is older than what was already witnessed[ ({what})]. It was not taken over; the station must catch up first.',
  'seen-too-far':
    'An entry claims to have seen more than was ever sent[ at {where}][ ({what})]. It was not taken over; tell the counterpart’s administrators.',
  'seen-decreases':
    'An entry claims to have seen less than the one before it[ at {where}][ ({what})]. It was not taken over; tell the counterpart’s administrators.',
  gap: 'Entries are missing before these[ ({what})]. They are kept out until the missing ones have come; ask the counterpart for them.',
  'channel-stopped':
    'The channel is stopped[ ({what})]. Only acts of the floor pass, until the root key opens a new epoch.',
  'not-caught-up':
    'The station has not yet caught up with its own channel[ ({what})]. Nothing can be released until it has; let it connect to the counterpart.',
  'clock-off':
    'The station’s clock is too far from the counterpart’s[ ({what})]. Set it right, or have an administrator confirm it by an act.',
  'quota-exceeded':
    'The quota of the accord is used up[ ({what})]. What is more urgent goes first[; try again in {retryAfter}].',
  'not-authorised': 'Your function does not allow this[ ({what})]. Ask an officer who may, or an administrator.',
  'not-allowed-in-state':
    'The dossier is in a state in which this act is not possible[ ({what})]. Reload the dossier and see what is possible now.',
  'act-type-unknown': 'This type of act does not exist in the track[ ({what})]. Choose one that the track declares.',
  'track-unknown': 'This track is not part of the accord[ ({what})]. Choose one that is, or propose a new accord.',
  'gate-open':
    'A check that must come before release has not been passed[: {what}]. Have it recorded, then release the act.',
  'handling-forbids':
    'The handling codes forbid this use[ ({what})]. Ask the owner for permission, and wait for its answer.',
  'lane-closed':
    'The lane is closed for this act[ ({what})]. The act waits in the outbox and goes when the lane opens; nothing is lost.',
  'past-not-after':
    'The time within which the act could be released has passed[ ({what})]. Examine it again and approve it anew.',
  'two-officers-needed': 'This act needs two officers[ ({what})]. Have a second officer approve it.',
  'dossier-unknown': 'This dossier does not exist here[ ({what})]. Check its number and the relation.',
  'act-unknown': 'This act does not exist here[ ({what})]. Check its number, or wait until it has been received.',
  'officer-unknown': 'This officer is not enrolled here[ ({what})]. Have an administrator enrol them.',
  'relation-unknown': 'This relation does not exist here[ ({what})]. Check its name.',
  'token-expired': 'Your session has ended[ ({what})]. Sign in again.',
  'attachment-unknown': 'This attachment does not exist here[ ({what})]. Check the act it belongs to.',
  'attachment-awaited':
    'The attachment has been announced and has not come yet[ ({what})]. It opens as soon as it is here[; try again in {retryAfter}].',
  'body-erased': 'The content of this act has been erased[ ({what})]. Only its head and its proofs remain.',
  'body-awaited':
    'The content of this act has not come from the counterpart[ ({what})]. The act counts; ask the counterpart to say it again.',
  'purpose-missing': 'No purpose was given for this reading[ ({what})]. State it: it is recorded with the reading.',
  'already-exists': 'This exists already[: {what}]. Nothing was changed.',
  'list-unknown': 'There is no such watch list[: {where}]. entente watchlist list shows those there are.',
  'list-malformed':
    'The watch list cannot be read[ at {where}][ ({what})]. Nothing of it was taken over; correct the file and import it again.',
  'match-unknown':
    'There is no such match, or it is not for you to know[: {where}]. It may have gone with what it was made of; look at the list again.',
  'blind-unknown':
    'The accord allows no blind check for this purpose[: {where}]. Choose a purpose that it names, or propose a new accord.',
  'blind-set-missing':
    'There is no set to check against[: {what}]. Wait until the counterpart has published one and its table has come.',
  'database-unsafe':
    'The database is set up so that a power cut could lose what was receipted[: {what}]. Correct the setting, then start again.',
  'database-newer':
    'The database was written by a newer version of Entente[ ({what})]. Install that version; this one has changed nothing.',
  'store-full': 'There is no room left to store anything[ ({what})]. Make room; nothing that was receipted is lost.',
  'link-down':
    'The counterpart cannot be reached[ ({what})]. Acts wait and will be sent[; next attempt in {retryAfter}].',
  'keystore-missing':
    'The station’s keys were not found[ at {where}][ ({what})]. Restore the key store, or make the keys with the root.',
  'backup-malformed': 'The backup cannot be read[ at {where}][ ({what})]. Nothing was restored; use another backup.',
  usage: 'The command was not understood[: {what}]. See entente --help.',
};

/** Why an act is kept and receipted, and has no effect. */
export const notedInEnglish: Readonly<Record<NotedReason, string>> = {
  malformed: 'The act cannot be read. Ask the counterpart to write it again.',
  repeated: 'The act had been received before; the first one counts.',
  'type-unknown':
    'This type of act is not known to the version installed here. It will be shown once the track is updated.',
  'version-not-in-accord':
    'The accord does not permit this version of the track. Agree on the version, then say it again.',
  'accord-not-in-force':
    'The act rests on an accord that was not in force for its author. It must be said again under the present one.',
  'accord-changes-keys':
    'The accord it accepts names other keys of a party than the one it replaces. Keys change by keysets: propose it again without.',
  'signature-missing': 'No signature of an officer came with the act. It must be approved and said again.',
  'signature-invalid': 'The officer’s signature is not valid. Tell your security officer.',
  'key-unknown':
    'The signing key was not enrolled when the act was logged. It must be said again by an enrolled officer.',
  'key-revoked': 'The signing key had been revoked when the act was logged. Tell your security officer.',
  'key-kind-not-allowed':
    'The accord does not allow the kind of key that signed. The act must be said again with another.',
  'two-officers-needed': 'The act needs two officers and one signed. It must be said again by both.',
  'lane-closed': 'The lane was closed for this act when it was released. It must be said again once the lane opens.',
  'gate-missing': 'A check that must come before release is not recorded in the act. It must be said again with it.',
  'legal-basis-missing': 'The act transfers data and names no legal basis. It must be said again with one.',
  'not-the-owner': 'Only the owner of the item may say this. Ask the owner.',
  'not-in-this-state':
    'The dossier was in a state in which this act is not possible. Look at the dossier and decide anew.',
  'dossier-unopened': 'No act opens this dossier. The act has effect on nothing until one does.',
  'dossier-exists': 'The dossier had been opened before. The first opening counts.',
  suspect:
    'The act was logged after the last moment at which the counterpart’s keys could be trusted. It waits for confirmation.',
  orphaned:
    'The act stood after the last common head of a channel that was ended. It must be released again if it is still wanted.',
  overtaken: 'Another act, said at the same time, stands before this one. Look at the dossier and decide anew.',
  'inputs-malformed':
    'What clocks and counters read in the act does not have the declared form. It must be said again.',
  'names-unknown-act':
    'The act speaks of another that is not in this dossier. It must be said again with the right one.',
};
