// The first import: it is on its way to the server before the rest is run.
import { asked } from './ahead.ts';
import { pageHost } from '../../src/host/page.ts';
import { provideHost } from '../../src/host/port.ts';
import { define } from '../../src/ui/define.ts';
import { KringSafetyCheckIn } from './safety-check-in.ts';

provideHost(pageHost);
void define('kring-safety-check-in', KringSafetyCheckIn, asked);

export { KringSafetyCheckIn };
