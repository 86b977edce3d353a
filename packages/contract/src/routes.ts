import { actRoutes } from './routes/acts.ts';
import { administrationRoutes } from './routes/administration.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { dossierRoutes } from './routes/dossiers.ts';
import { recordRoutes } from './routes/records.ts';
import { relationRoutes } from './routes/relations.ts';
import { stationRoutes } from './routes/station.ts';
import type { Route } from './route.ts';

/** The whole API. A route that is not here does not exist. */
export const routes: readonly Route[] = Object.freeze([
  ...stationRoutes,
  ...relationRoutes,
  ...dossierRoutes,
  ...actRoutes,
  ...attachmentRoutes,
  ...recordRoutes,
  ...administrationRoutes,
]);
