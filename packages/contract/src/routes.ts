import { actRoutes } from './routes/acts.ts';
import { administrationRoutes } from './routes/administration.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { blindRoutes } from './routes/blind.ts';
import { dossierRoutes } from './routes/dossiers.ts';
import { recordRoutes } from './routes/records.ts';
import { relationRoutes } from './routes/relations.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { screeningRoutes } from './routes/screening.ts';
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
  ...reviewRoutes,
  ...screeningRoutes,
  ...blindRoutes,
  ...administrationRoutes,
]);
