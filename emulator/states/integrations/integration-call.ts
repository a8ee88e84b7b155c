import type { Principal } from '../../kernel/access.ts';
import type { Random } from '../../kernel/random.ts';
import type { World } from '../../kernel/world.ts';

/** With what, and as whom, a task calls. */
export interface IntegrationCall {
  readonly world: World;
  /** The state machine's role. */
  readonly caller: Principal;
  /** For request ids. */
  readonly random: Random;
}
