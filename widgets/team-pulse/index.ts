// The first import: it is on its way to the server before the rest is run.
import { asked } from './ahead.ts';
import { pageHost } from '../../src/host/page.ts';
import { provideHost } from '../../src/host/port.ts';
import { define } from '../../src/ui/define.ts';
import { KringTeamPulse } from './team-pulse.ts';

provideHost(pageHost);
void define('kring-team-pulse', KringTeamPulse, asked);

export { KringTeamPulse };
