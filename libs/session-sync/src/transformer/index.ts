export { deriveClassCatalog } from './derive-class-catalog.js';
