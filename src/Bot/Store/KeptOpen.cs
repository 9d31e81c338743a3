using Microsoft.EntityFrameworkCore;

namespace Bot.Store;

/// <summary>One connection for all that is asked until it is disposed of; otherwise each question opens its own, which costs about as much as a short question.</summary>
public sealed class KeptOpen : IAsyncDisposable
{
    private readonly DbContext _db;

    private KeptOpen(DbContext db) => _db = db;

    internal static async Task<KeptOpen> OfAsync(DbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return new KeptOpen(db);
    }

    public async ValueTask DisposeAsync() => await _db.Database.CloseConnectionAsync();
}

public static class KeepOpenExtensions
{
    public static Task<KeptOpen> KeepOpenAsync(this DbContext db, CancellationToken ct) => KeptOpen.OfAsync(db, ct);
}
