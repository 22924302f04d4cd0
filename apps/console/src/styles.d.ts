/** Styles are taken by Vite; for TypeScript there is nothing in them. */
declare module '*.css';
