/** Vite handles styles; TypeScript needs only the declaration. */
declare module '*.css';
