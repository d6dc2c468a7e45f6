/// What a list shows that no single value says: people twice, names that are none, columns
/// exchanged, a dropped column that decides who comes in, more people than seats.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/organiser/lists/plan.hpp"
#include "storage/organiser/lists/values.hpp"

namespace hudoor::organiser {

/// A column that is not ours, and what stood in it.
class DroppedColumn {
public:
    DroppedColumn(std::size_t at, std::string name);

    void look_at(const ListRow& row, const EventWords& words);
    /// "holds categories of this event", which no other column of the list says in its `rows`;
    /// empty: it may be dropped.
    [[nodiscard]] std::string why_it_decides(bool category_known, bool sessions_known,
                                             std::size_t rows) const;
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& value() const { return value_; }  ///< of the last row
    [[nodiscard]] bool is_mail() const { return mail_; }
    [[nodiscard]] bool is_quantity() const { return quantity_; }

private:
    std::size_t at_;
    std::string name_;
    bool decides_;
    bool mail_;
    bool quantity_;
    std::string meant_;  ///< "; did you mean status?"
    std::string value_;
    std::size_t filled_ = 0;
    std::size_t categories_ = 0;
    std::size_t sessions_ = 0;
    std::unordered_map<std::string, int> seen_;  ///< values: 1 a category, 2 a session; a few only
};

class Findings {
public:
    Findings(const storage::Identity& event, bool may_be_row_numbers)
        : event_(event), may_be_row_numbers_(may_be_row_numbers) {}

    /// Notes what one row shows into its report.
    void look_at(const std::vector<DroppedColumn>& dropped, const OrganiserRegistration& one,
                 const std::vector<RowReport>& before, RowReport& report, bool is_new);
    /// Notes what all of them show together.
    void finish(const std::vector<OrganiserRegistration>& known, ImportReport& report);

private:
    void look_at_names(const OrganiserRegistration& one, RowReport& report) const;
    void look_at_id(const std::vector<RowReport>& before, RowReport& report);
    void look_for_twins(const std::vector<OrganiserRegistration>& known,
                        ImportReport& report) const;
    void count_seats(const std::vector<OrganiserRegistration>& known, ImportReport& report) const;

    const storage::Identity& event_;
    bool may_be_row_numbers_;
    std::vector<std::string> samples_;
    // By hashes, which take less memory; two that meet cost a note, or bring a needless one.
    std::unordered_map<std::size_t, std::uint32_t> by_mail_;    ///< name and mail: row
    std::unordered_map<std::size_t, std::uint32_t> alike_;      ///< alike_id: row
    std::unordered_map<std::size_t, std::uint32_t> new_names_;  ///< folded: row
    std::uint32_t row_ = 0;
    std::size_t counted_ = 0;  ///< rows whose id is their number
};

}  // namespace hudoor::organiser
