import { problemAt, type Problem } from '../deploy/problem.js';
import { textOf, type XmlElement } from '../xml/xml-element.js';

/** Object Reference: labels of setup objects have at most 80 characters. */
const maxLabelLength = 80;

export function checkLabelLength(root: XmlElement): readonly Problem[] {
  const label = textOf(root, 'label') ?? '';
  return label.length > maxLabelLength
    ? [problemAt(root, 'label', `Label: data value too large (max length=${maxLabelLength})`)]
    : [];
}
