import { commandPlaces } from './command-places.ts';
import { erasePlaces } from './erase-places.ts';
import { inUsePlaces } from './in-use-places.ts';
import { keptPlaces } from './kept-places.ts';
import type { Place } from './place.ts';
import { savedPlaces } from './saved-places.ts';
import { shownPlaces } from './shown-places.ts';
import { statePlaces } from './state-places.ts';
import { wirePlaces } from './wire-places.ts';

/** Where a firmware can be wrong. */
export const places: readonly Place[] = [
  ...shownPlaces,
  ...savedPlaces,
  ...erasePlaces,
  ...inUsePlaces,
  ...wirePlaces,
  ...keptPlaces,
  ...commandPlaces,
  ...statePlaces,
];
