// What `cdk` and scripts/synthesize.ts run.

import { createApp } from './create-app.ts';

createApp().app.synth();
