/** How the server signs what is not signed, in either language: no name, so nothing to block. */
const UNSIGNED = ['un voisin', 'a neighbour'];

export const isNeighbour = (name: string): boolean => UNSIGNED.includes(name.toLowerCase());
