namespace Bot.Delivery;

/// <summary>Asks the alarm clock to look at once instead of at its next turn. The host's scheduler stands behind it, so that this project need not know one.</summary>
public interface IAlarm
{
    /// <summary>Something may be due: open, remind, review, close. Returns at once.</summary>
    Task LookAtWhatIsDueAsync(CancellationToken ct);

    /// <summary>There may be cards to deliver. Returns at once.</summary>
    Task DeliverAsync(CancellationToken ct);

    /// <summary>Both, and returns when it is done: for a clock that is moved by hand.</summary>
    Task SettleAsync(CancellationToken ct);
}
