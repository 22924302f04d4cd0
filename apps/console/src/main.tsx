import { render } from 'preact';
import { App } from './app.js';
import './styles.css';

const container = document.getElementById('app');
if (container === null) throw new Error('index.html has no element with the id app');
render(<App />, container);
