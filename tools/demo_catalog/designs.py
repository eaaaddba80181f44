"""Which products the demo catalog has: a table of designs, and for each design its looks.

A look is a color name as Kaggle writes it, then, unless the cloth is plain, a pattern in lower case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tools.demo_catalog import (
    backpacks,
    belts,
    bottoms,
    dress_shoes,
    dresses,
    eyewear,
    handbags,
    headwear,
    heels,
    jackets,
    running_shoes,
    sandals,
    shirts,
    skirts,
    sneakers,
    socks,
    sweatshirts,
    tees,
    ties,
    watches,
)
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth

Draw = Callable[[Canvas, Cloth], None]


@dataclass(frozen=True)
class Kind:
    """Where an article type belongs, and what one calls a piece of it."""

    master: str
    sub: str
    noun: str


KINDS: dict[str, Kind] = {
    "Tshirts": Kind("Apparel", "Topwear", "T-shirt"),
    "Shirts": Kind("Apparel", "Topwear", "Shirt"),
    "Sweatshirts": Kind("Apparel", "Topwear", "Sweatshirt"),
    "Jackets": Kind("Apparel", "Topwear", "Jacket"),
    "Dresses": Kind("Apparel", "Dress", "Dress"),
    "Skirts": Kind("Apparel", "Bottomwear", "Skirt"),
    "Jeans": Kind("Apparel", "Bottomwear", "Jeans"),
    "Trousers": Kind("Apparel", "Bottomwear", "Trousers"),
    "Track Pants": Kind("Apparel", "Bottomwear", "Track Pants"),
    "Shorts": Kind("Apparel", "Bottomwear", "Shorts"),
    "Casual Shoes": Kind("Footwear", "Shoes", "Shoes"),
    "Sports Shoes": Kind("Footwear", "Shoes", "Running Shoes"),
    "Formal Shoes": Kind("Footwear", "Shoes", "Shoes"),
    "Heels": Kind("Footwear", "Shoes", "Heels"),
    "Sandals": Kind("Footwear", "Sandal", "Sandals"),
    "Flip Flops": Kind("Footwear", "Flip Flops", "Flip Flops"),
    "Handbags": Kind("Accessories", "Bags", "Handbag"),
    "Backpacks": Kind("Accessories", "Bags", "Backpack"),
    "Caps": Kind("Accessories", "Headwear", "Cap"),
    "Watches": Kind("Accessories", "Watches", "Watch"),
    "Sunglasses": Kind("Accessories", "Eyewear", "Sunglasses"),
    "Belts": Kind("Accessories", "Belts", "Belt"),
    "Ties": Kind("Accessories", "Ties", "Tie"),
    "Socks": Kind("Accessories", "Socks", "Socks"),
}


@dataclass(frozen=True)
class Design:
    """One drawing in several looks. Genders take turns; the season is drawn from those named."""

    article: str
    cut: str
    draw: Draw
    looks: str
    genders: str = "Men, Women"
    seasons: str = "Summer, Spring, Fall"
    usage: str = "Casual"
    gloss: float = 0.3


SUMMER, WINTER = "Summer, Spring", "Winter, Fall"

DESIGNS: tuple[Design, ...] = (
    Design("Tshirts", "Crew Neck", tees.tee,
           "Red, Black, White, Navy Blue stripes, Grey, Yellow, Teal, Green stripes"),
    Design("Tshirts", "Crew Neck", tees.tee,
           "Black print, White print, Olive print, Maroon print, Turquoise Blue print"),
    Design("Tshirts", "V-Neck", partial(tees.tee, neck="v"),
           "Blue, White stripes, Maroon, Pink, Purple, Grey dots", "Women, Men"),
    Design("Tshirts", "Long Sleeved", partial(tees.tee, sleeve="long"),
           "Navy Blue stripes, Black, White, Mustard", seasons=WINTER),
    Design("Tshirts", "Polo", tees.polo, "Green, White, Navy Blue, Red stripes, Lavender", "Men"),
    Design("Shirts", "Classic", shirts.shirt,
           "White, Blue checks, Red checks, Black, Navy Blue pinstripes", "Men", usage="Formal"),
    Design("Shirts", "Two Pocket", partial(shirts.shirt, pockets=2),
           "Olive, Khaki, Green checks, Navy Blue", "Men, Women"),
    Design("Shirts", "Short Sleeved", partial(shirts.shirt, sleeve="short"),
           "Yellow leaves, Teal leaves, Pink, White pinstripes", seasons=SUMMER),
    Design("Shirts", "Band Collar", partial(shirts.shirt, neck="band", pockets=0),
           "White, Beige, Blue pinstripes, Maroon", "Men, Women"),
    Design("Sweatshirts", "Crew Neck", sweatshirts.sweatshirt,
           "Mustard print, Grey, Navy Blue, Pink, Green print", seasons=WINTER),
    Design("Sweatshirts", "Hooded", sweatshirts.hoodie,
           "Grey, Red, Black print, Lavender, Teal", "Unisex, Men, Women", WINTER),
    Design("Sweatshirts", "Zipped Hooded", partial(sweatshirts.hoodie, zipped=True),
           "Black, Navy Blue, Maroon, Olive", "Men, Women", WINTER),
    Design("Jackets", "Bomber", jackets.bomber, "Olive, Black, Navy Blue, Maroon", "Men, Women", WINTER),
    Design("Jackets", "Denim", jackets.trucker, "Blue, Navy Blue, Black, White", "Women, Men", "Spring, Fall"),
    Design("Jackets", "Biker", jackets.biker, "Black, Brown, Maroon", "Men, Women", WINTER, gloss=0.5),
    Design("Jackets", "Quilted", jackets.puffer,
           "Red, Black, Yellow, Blue", "Unisex, Women, Men", "Winter", gloss=0.5),
    Design("Dresses", "A-Line", dresses.a_line,
           "Red, Black, Yellow, Navy Blue dots, White floral", "Women", SUMMER),
    Design("Dresses", "Sheath", dresses.sheath,
           "Black, Maroon, Teal, Grey checks", "Women", "Fall, Winter", "Formal"),
    Design("Dresses", "Flared", dresses.flare,
           "Pink floral, Navy Blue dots, Red dots, Green, White stripes", "Women", SUMMER),
    Design("Dresses", "Maxi", dresses.maxi,
           "Teal, Yellow leaves, Purple, Orange floral, Black", "Women", SUMMER),
    Design("Skirts", "A-Line", skirts.a_line, "Tan, Olive, Navy Blue, Red checks", "Women"),
    Design("Skirts", "Pencil", skirts.pencil, "Black, Grey checks, Maroon, Beige", "Women", WINTER, "Formal"),
    Design("Skirts", "Pleated", skirts.pleated, "Pink, White, Teal, Navy Blue checks, Mustard", "Women"),
    Design("Jeans", "Slim Fit", bottoms.jeans, "Blue, Black, Navy Blue, Grey", "Men, Women", WINTER),
    Design("Jeans", "Straight Fit", partial(bottoms.jeans, cut="straight"),
           "Blue, Navy Blue, Black, White", "Men, Women"),
    Design("Jeans", "Flared", partial(bottoms.jeans, cut="flared"), "Blue, Navy Blue, White", "Women"),
    Design("Jeans", "Ripped", partial(bottoms.jeans, torn=True), "Black, Blue, Grey", "Women, Men"),
    Design("Trousers", "Pleat-Front", bottoms.dress_trousers,
           "Grey, Black, Navy Blue pinstripes, Beige", "Men", usage="Formal"),
    Design("Trousers", "Slim Fit", partial(bottoms.dress_trousers, cut="slim"),
           "Khaki, Maroon, Grey checks, Black", "Women"),
    Design("Trousers", "Cargo", bottoms.cargos, "Olive, Khaki, Black, Brown", "Men, Women"),
    Design("Track Pants", "Cuffed", bottoms.track_pants,
           "Black, Grey, Navy Blue, Red, Teal, Maroon", "Men, Women", usage="Sports"),
    Design("Shorts", "Chino", bottoms.chino_shorts, "Beige, Navy Blue, Red, Olive, Blue checks", "Men", SUMMER),
    Design("Shorts", "Cargo", partial(bottoms.cargos, cut="knee"), "Khaki, Olive, Grey", "Men", SUMMER),
    Design("Shorts", "Running", partial(bottoms.track_pants, cut="brief"),
           "Red, Black, Turquoise Blue, Navy Blue", "Men, Women", SUMMER, "Sports"),
    Design("Casual Shoes", "Low Top Canvas", sneakers.low_top,
           "Navy Blue, White, Black, Red, Green, Yellow", "Unisex, Men, Women"),
    Design("Casual Shoes", "High Top", sneakers.high_top, "Red, Black, White, Navy Blue", "Unisex, Men, Women"),
    Design("Casual Shoes", "Slip-On", sneakers.slip_on,
           "Grey, Black checks, Navy Blue, Tan", "Men, Women", SUMMER),
    Design("Sports Shoes", "Mesh", running_shoes.runner,
           "Black, Blue, Orange, Grey, Turquoise Blue, White, Pink", "Men, Women", usage="Sports"),
    Design("Formal Shoes", "Oxford", dress_shoes.oxford,
           "Black, Brown, Maroon, Tan", "Men", WINTER, "Formal", 0.55),
    Design("Formal Shoes", "Brogue", partial(dress_shoes.oxford, brogue=True),
           "Brown, Tan, Black", "Men", WINTER, "Formal", 0.5),
    Design("Formal Shoes", "Loafer", dress_shoes.loafer,
           "Tan, Black, Brown, Navy Blue", "Men", "Summer, Fall", "Formal", 0.45),
    Design("Heels", "Stiletto", heels.pump,
           "Red, Black, Beige, Navy Blue, Pink", "Women", WINTER, "Formal", 0.6),
    Design("Heels", "Ankle Strap", heels.ankle_strap, "Black, Tan, Maroon, Silver", "Women", SUMMER, gloss=0.5),
    Design("Heels", "Wedge", heels.wedge, "Beige, Red, Navy Blue, Teal", "Women", SUMMER),
    Design("Sandals", "Two Strap", sandals.sandals,
           "Brown, Black, Tan, White", "Men, Women", SUMMER, gloss=0.4),
    Design("Sandals", "Cross Strap", partial(sandals.sandals, bands="crossed"),
           "Black, Red, Gold, Turquoise Blue", "Women", SUMMER),
    Design("Flip Flops", "Beach", sandals.flip_flops,
           "Turquoise Blue, Black, Red, Navy Blue, Green, Pink stripes, Yellow dots", "Unisex, Men, Women", SUMMER),
    Design("Handbags", "Tote", handbags.tote, "Tan, Black, Red, Beige, Teal", "Women", gloss=0.35),
    Design("Handbags", "Satchel", handbags.satchel,
           "Maroon, Brown, Black, Mustard, Navy Blue", "Women", gloss=0.45),
    Design("Handbags", "Hobo", handbags.hobo, "Black, Pink, Tan, Grey", "Women", gloss=0.4),
    Design("Backpacks", "Day Pack", backpacks.day_pack, "Navy Blue, Red, Black, Grey, Purple", "Unisex"),
    Design("Backpacks", "Rucksack", backpacks.rucksack,
           "Olive, Khaki, Maroon, Black, Teal", "Unisex", usage="Travel"),
    Design("Caps", "Baseball", headwear.baseball, "Red, Navy Blue, White, Black, Green", "Men, Unisex", SUMMER),
    Design("Caps", "Patch", partial(headwear.baseball, badge=True),
           "Black, Olive, Blue, Grey", "Men, Unisex", SUMMER),
    Design("Caps", "Knitted Bobble", headwear.beanie,
           "Grey, Mustard, Red, Navy Blue", "Unisex, Women", "Winter"),
    Design("Watches", "Leather Strap", watches.dress_watch,
           "Brown, Black, Tan, Navy Blue, Maroon", "Men, Women", "Winter", gloss=0.4),
    Design("Watches", "Chronograph", watches.bracelet_watch, "Silver, Gold, Black", "Men", "Winter", "Formal"),
    Design("Watches", "Digital", watches.digital_watch,
           "Black, Blue, Red, Olive, White", "Unisex, Men", "Winter", "Sports"),
    Design("Sunglasses", "Square", eyewear.sunglasses,
           "Black, Brown, Red, Blue", "Unisex, Men, Women", SUMMER, gloss=0.5),
    Design("Sunglasses", "Aviator", partial(eyewear.sunglasses, style="aviator"),
           "Gold, Silver, Black", "Men, Unisex", SUMMER),
    Design("Sunglasses", "Round", partial(eyewear.sunglasses, style="round"),
           "Brown, Gold, Black", "Women, Unisex", SUMMER),
    Design("Belts", "Leather", belts.belt,
           "Brown, Black, Tan, White, Maroon, Navy Blue", "Men, Women", gloss=0.4),
    Design("Belts", "Braided", partial(belts.belt, kind="braided"), "Brown, Black, Beige", "Men, Women"),
    Design("Ties", "Slim", ties.tie,
           "Navy Blue stripes, Maroon, Black, Red dots, Green stripes, Purple dots", "Men", WINTER, "Formal", 0.45),
    Design("Ties", "Bow", ties.bow_tie,
           "Red dots, Black, Navy Blue, Maroon checks, White", "Men", WINTER, "Formal", 0.45),
    Design("Socks", "Crew Length", socks.socks,
           "Grey, Black, Navy Blue stripes, Red, Mustard dots, White", "Men, Women", WINTER),
    Design("Socks", "Ankle Length", partial(socks.socks, length="ankle"),
           "Blue stripes, White, Pink dots, Black", "Women, Men", SUMMER, "Sports"),
)  # fmt: skip
