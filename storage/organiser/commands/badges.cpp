#include "storage/organiser/commands/commands.hpp"

namespace hudoor::organiser {

ExitCode print_badges(const EventOptions&, const BadgesOptions&) { return ExitCode::done; }

}  // namespace hudoor::organiser
