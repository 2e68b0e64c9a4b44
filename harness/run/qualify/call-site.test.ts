import path from 'node:path';

import { callSiteBelow } from './call-site.ts';

const here = import.meta.dirname;

function throughHelper(): ReturnType<typeof callSiteBelow> {
  return callSiteBelow(here);
}

test('is the innermost line below the folder, as its parent sees it', () => {
  const found = throughHelper();
  expect(found).toEqual({ file: 'qualify/call-site.test.ts', line: 8 });
});

test('is not known if nothing below the folder has called', () => {
  expect(callSiteBelow(path.join(here, 'elsewhere'))).toBeUndefined();
});
