import fc from 'fast-check';

// A run that decides about a change must give the same result twice; every other run tries new cases.
if (process.env['CI']) fc.configureGlobal({ seed: 20_250_407 });
