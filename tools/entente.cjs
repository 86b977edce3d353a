#!/usr/bin/env node
'use strict';
// `npx entente …`: the command line with the Node 26 that npm brought, whatever Node runs this.
const { join } = require('node:path');

process.argv.splice(2, 0, join(__dirname, '..', 'packages', 'station', 'src', 'main.ts'));
require('./run.cjs');
