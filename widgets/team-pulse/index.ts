import { pageHost } from '../../src/host/page.ts';
import { provideHost } from '../../src/host/port.ts';
import { define } from '../../src/ui/define.ts';
import { KringTeamPulse } from './team-pulse.ts';

provideHost(pageHost);
void define('kring-team-pulse', KringTeamPulse);

export { KringTeamPulse };
