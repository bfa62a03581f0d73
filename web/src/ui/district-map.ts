import 'maplibre-gl/dist/maplibre-gl.css';

import {
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import { DISTRICT } from './map-ground.ts';

setWorkerUrl(workerUrl);

/** Names stand to the left of the westernmost towns, and the notes lie over the top. */
const PADDING = { top: 44, right: 12, bottom: 20, left: 44 } as const;

/** A map of the district that is moved and zoomed, never turned. Throws where the browser has no WebGL 2. */
export function openDistrictMap(
  container: HTMLElement,
  { style, label }: { readonly style: StyleSpecification; readonly label: string },
): MapLibre {
  const map = new MapLibre({
    container,
    style,
    bounds: DISTRICT,
    fitBoundsOptions: { padding: PADDING },
    minZoom: 7,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    renderWorldCopies: false,
    fadeDuration: 0,
    locale: {
      'Map.Title': label,
      'NavigationControl.ZoomIn': '放大',
      'NavigationControl.ZoomOut': '缩小',
      'ScaleControl.Meters': '米',
      'ScaleControl.Kilometers': '公里',
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
  return map;
}

/** Sources may be filled from here on. `load` would wait until the empty map has been drawn, which is what a person waits for too. */
export function loaded(map: MapLibre): Promise<void> {
  return new Promise((resolve) => {
    void map.once('style.load', () => resolve());
  });
}

export function showDistrict(map: MapLibre): void {
  map.fitBounds(DISTRICT, { padding: PADDING, duration: 700 });
}
