"""What the firms of the demo trip wrote, the items of its itinerary, and what assessors gave as reasons; all invented."""

from typing import Final

ITEMS: Final = (
    (
        "transfer",
        0,
        9,
        2,
        None,
        "Havalimanı – otel",
        "",
        "Havalimanından otele transfer",
        "Трансфер из аэропорта в гостиницу",
        "Transfer from the airport to the hotel",
    ),
    (
        "official",
        0,
        14,
        2,
        None,
        "Выставочный центр «Пример», зал 1",
        "",
        "Ev sahibi kurumda karşılama",
        "Приём в принимающем учреждении",
        "Welcome by the host institution",
    ),
    (
        "seminar",
        1,
        9,
        2,
        None,
        "Выставочный центр «Пример», зал 2",
        "",
        "Gümrük, ödeme ve belgeler",
        "Таможня, оплата и сертификаты",
        "Customs, payments and certificates",
    ),
    (
        "b2b",
        1,
        12,
        5,
        None,
        "Выставочный центр «Пример», зал 2",
        "",
        "İkili iş görüşmeleri",
        "Деловые встречи",
        "Business meetings of firms",
    ),
    (
        "visit",
        2,
        9,
        3,
        6,
        "ул. Примерная, д. 12",
        "Kapalı ayakkabı; fotoğraf çekilmez",
        "Pompa fabrikası ziyareti",
        "Посещение насосного завода",
        "Visit of a pump works",
    ),
    (
        "free",
        2,
        14,
        3,
        None,
        "",
        "",
        "Serbest zaman",
        "Свободное время",
        "Free time",
    ),
)
"""Kind, day, hour, length in hours, places, place, safety, titles in Turkish, Russian and English."""
APPLICATIONS: Final = (
    ("Üç distribütörle ön anlaşma, bir numune siparişi.", "Pompa ve vana toptancıları, sulama firmaları."),
    ("İki döküm tedarikçisiyle fiyat karşılaştırması.", "Dökümhaneler ve talaşlı imalat firmaları."),
    ("Bakım için yerel servis ortağı bulmak.", "Makine servis firmaları, yedek parça satıcıları."),
    ("Altı ay içinde ilk ihracat faturası.", "Makine ithalatçıları, proje firmaları."),
)
EXPERIENCE: Final = (
    "Bu pazara satış yok; Kazakistan'a iki yıldır ihracat.",
    "Geçen yıl bir fuara katıldık, üç teklif verdik.",
    "Deneyim yok.",
)
REASONS: Final = {
    "suitability": "Ürün bölgede aranıyor; belge süreci bilinmeli.",
    "potential": "Kapasite büyümeye uygun.",
    "goals": "Hedef ölçülebilir ve gezinin konusuna uyuyor.",
    "experience": "Yakın pazarlarda deneyim var.",
    "size": "Ekip, görüşmeleri takip edebilecek büyüklükte.",
    "refused": "Ürünleriniz bu gezinin sektörleri dışında kalıyor.",
}
