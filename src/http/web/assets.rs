//! stand-in
pub fn endpoint() -> poem::Route { poem::Route::new() }
