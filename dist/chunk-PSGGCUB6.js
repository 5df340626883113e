var RunEnded=class extends Error{};export{RunEnded};
