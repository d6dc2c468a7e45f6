#include "storage/guests/registration.hpp"

namespace hudoor::storage {

bool has_begun(const ValidityLimit& from, WallTime now, const Agenda& agenda) {
    if (from.time) return now >= *from.time;
    return !from.day || event_day(now, agenda) >= *from.day;
}

bool has_ended(const ValidityLimit& until, WallTime now, const Agenda& agenda) {
    if (until.time) return std::chrono::floor<std::chrono::minutes>(now) > *until.time;
    return until.day && event_day(now, agenda) > *until.day;
}

bool ends_before(const ValidityLimit& until, const ValidityLimit& from, const Agenda& agenda) {
    if (!from.day) return false;
    return has_ended(until, from.time ? *from.time : begin_of_day(*from.day, agenda), agenda);
}

}  // namespace hudoor::storage
