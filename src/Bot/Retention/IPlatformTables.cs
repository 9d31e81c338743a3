using Bot.Chat;

namespace Bot.Retention;

/// <summary>
/// Tables that a platform's adapter keeps beside the product's. What they hold of a workspace goes with it; the product does not know them, so their
/// owner deletes. An adapter without tables has none.
/// </summary>
public interface IPlatformTables
{
    PlatformName Platform { get; }

    /// <summary>Deletes what is held of a workspace; called again, it goes on where it was stopped.</summary>
    /// <param name="workspaceId">The platform's id of it.</param>
    /// <param name="before">What was noted later is of a new installation, and stays.</param>
    /// <param name="ct">Stops between two deletions.</param>
    Task DeleteAsync(string workspaceId, DateTimeOffset before, CancellationToken ct);
}
