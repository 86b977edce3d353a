import { foldAll } from '../../packages/station/src/dossiers/fold-dossiers.ts';
import { type Folding, openFolding } from '../../packages/station/src/dossiers/folding.ts';
import { enrol, type TestOfficer } from './says.fixtures.ts';
import { type TwoParties, twoParties } from './two-parties.fixtures.ts';

/** Two parties with an officer each, whose dossiers are folded when a test says so. */
export interface TwoDesks extends TwoParties {
  readonly officers: { readonly fr: TestOfficer; readonly ma: TestOfficer };
  readonly foldings: { readonly fr: Folding; readonly ma: Folding };
  fold(): Promise<void>;
}

export async function twoDesks(): Promise<TwoDesks> {
  const parties = await twoParties();
  const { fr, ma } = parties;
  const foldings = {
    fr: openFolding(fr.parts.crypto, fr.relation),
    ma: openFolding(ma.parts.crypto, ma.relation),
  };
  return {
    ...parties,
    officers: { fr: await enrol(fr), ma: await enrol(ma) },
    foldings,
    fold: async () => {
      await foldAll(fr.parts, foldings.fr);
      await foldAll(ma.parts, foldings.ma);
    },
  };
}
