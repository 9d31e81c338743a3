using Bot.Chat;
using Bot.Loops;

namespace Bot.Portfolios;

/// <summary>Where and when the managers of a workspace get their weekly digest.</summary>
public sealed class Portfolio
{
    /// <summary>What its buttons and its form are about: a workspace has one.</summary>
    public const string Key = "portfolio";

    public required WorkspaceId WorkspaceId { get; init; }
    public required ChannelId ChannelId { get; set; }
    public required WeeklySlot Slot { get; set; }

    /// <summary>When the next one is posted.</summary>
    public required DateTimeOffset NextAt { get; set; }
    public required PersonId SetBy { get; set; }

    /// <summary>Friday morning: after most reviews of the week.</summary>
    public static WeeklySlot UsualSlot(string? zone) => new(DayOfWeek.Friday, new TimeOnly(9, 0), zone ?? WeeklySlot.Default.Zone);

    /// <summary>The key of the post of a date; there is one a day at most, whatever becomes of the slot.</summary>
    public string PostKey(DateOnly date) => $"portfolio:{WorkspaceId}:{date:yyyy-MM-dd}";
}

/// <summary>How a slot of the portfolio is said.</summary>
public static class PortfolioTimes
{
    /// <summary>"Fridays at 09:00 (Berlin)".</summary>
    public static string InWords(this WeeklySlot slot) => $"{slot.Day}s at {slot.Time:HH:mm} ({Cards.Say.City(slot.Zone)})";
}
