import { mount } from 'svelte';
import '#lib/look/tokens.css';
import '#lib/look/base.css';
import '#lib/look/components.css';
import Pickers from './Pickers.svelte';

const target = document.getElementById('pickers');
if (target) mount(Pickers, { target });
