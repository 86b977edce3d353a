// entente parcel v1          entente express v1
// from fr                    from fr
// to ma                      to ma
// relation fr-ma             relation fr-ma
// epoch 1                    epoch 1
// range 100 1100             index 57
import { cosign, type Signer, writeNote } from '@entente/c2sp';
import {
  isLogSize,
  isPartyId,
  isRelationId,
  type LogSize,
  type PartyId,
  Refusal,
  type RelationId,
} from '@entente/protocol';

interface Route {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly relation: RelationId;
  readonly epoch: number;
}

/** A run of entries `start` to `end − 1`, or one entry sent ahead of its prefix. */
export type ParcelHeader =
  | (Route & { readonly kind: 'run'; readonly start: LogSize; readonly end: LogSize })
  | (Route & { readonly kind: 'express'; readonly index: LogSize });

const shape =
  /^entente (parcel|express) v1\nfrom ([a-z0-9-]{1,32})\nto ([a-z0-9-]{1,32})\nrelation ([a-z0-9-]{1,32})\nepoch ([1-9][0-9]{0,8})\n(range|index) (0|[1-9][0-9]{0,15})(?: (0|[1-9][0-9]{0,15}))?\n$/;

/** Writes the header as a note signed with the log's Ed25519 key. */
export function writeParcelHeader(signer: Signer, header: ParcelHeader): string {
  const text = parcelHeaderText(header);
  return writeNote(text, [cosign(signer, text, 0)]);
}

/** Reads the text of the header's note. @throws Refusal `parcel-malformed` */
export function readParcelHeader(text: string): ParcelHeader {
  const [, title, from, to, relation, epoch, , first, second] = shape.exec(text) ?? [];
  if (!isPartyId(from) || !isPartyId(to) || !isRelationId(relation)) throw malformed();
  const route: Route = { from, to, relation, epoch: Number(epoch) };
  const start = Number(first);
  const end = Number(second);
  if (!isLogSize(start)) throw malformed();
  const run = title === 'parcel' && isLogSize(end) && start <= end;
  const header: ParcelHeader = run
    ? { kind: 'run', ...route, start, end }
    : { kind: 'express', ...route, index: start };
  if (parcelHeaderText(header) !== text) throw malformed();
  return Object.freeze(header);
}

function parcelHeaderText(header: ParcelHeader): string {
  const { from, to, relation, epoch } = header;
  const route = `from ${from}\nto ${to}\nrelation ${relation}\nepoch ${epoch}\n`;
  return header.kind === 'run'
    ? `entente parcel v1\n${route}range ${header.start} ${header.end}\n`
    : `entente express v1\n${route}index ${header.index}\n`;
}

function malformed(): Refusal {
  return new Refusal('parcel-malformed', { where: 'header' });
}
