using Bot.Chat;
using Bot.Loops;

namespace Bot.Portfolios;

/// <summary>Where and when the managers of a workspace get their weekly digest.</summary>
public sealed class Portfolio
{
    public required WorkspaceId WorkspaceId { get; init; }
    public required ChannelId ChannelId { get; set; }
    public required WeeklySlot Slot { get; set; }

    /// <summary>When the next one is posted.</summary>
    public required DateTimeOffset NextAt { get; set; }
    public required PersonId SetBy { get; set; }
}
