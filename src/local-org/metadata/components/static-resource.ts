import type { ComponentHandler } from './handler.js';

const mostBytes = 5 * 1024 * 1024;

/** A static resource is a file of up to five megabytes (Salesforce Help, Static Resources). */
export const staticResource: ComponentHandler = {
  check({ content }) {
    return content && content.length > mostBytes ? [{ problem: 'static resource cannot exceed 5MB' }] : [];
  },
};
