import { pageHost } from '../../src/host/page.ts';
import { provideHost } from '../../src/host/port.ts';
import { define } from '../../src/ui/define.ts';
import { KringSafetyCheckIn } from './safety-check-in.ts';

provideHost(pageHost);
define('kring-safety-check-in', KringSafetyCheckIn);

export { KringSafetyCheckIn };
