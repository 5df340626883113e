function statusOf(error){if(!(!(error instanceof Error)||error.name!=="HttpError"||!("status"in error)))return typeof error.status=="number"?error.status:void 0}export{statusOf};
