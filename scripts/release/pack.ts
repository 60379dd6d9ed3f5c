/** Makes the tarball that is published: release/mystatus-tui-<version>.tgz. `npm run pack` builds first. */
import {join} from 'node:path';
import {run} from './programs.ts';
import {stagePackage} from './stage.ts';
import {releaseDirectory} from './variables.ts';

const staged = join(releaseDirectory, 'package');
stagePackage(staged);
const name = run('npm', ['pack', staged, '--pack-destination', releaseDirectory, '--loglevel', 'error']);
process.stdout.write(`release/${name}`);
