import { render } from 'preact';
import { App } from './app.js';
import { language } from './text/language.js';
import './styles.css';

const container = document.getElementById('app');
if (container === null) throw new Error('index.html has no element with the id app');
document.documentElement.lang = language;
render(<App />, container);
