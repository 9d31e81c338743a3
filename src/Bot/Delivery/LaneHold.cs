using System.Buffers.Binary;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>
/// Keeps a lane to one host where several share a database, and each of them looks for lanes. It is held by a session of the database and ends
/// with it, whatever becomes of the process; a clock that is wrong, or a host that stood still for a while, changes nothing.
/// </summary>
internal sealed class LaneHold(BotDb db, WorkspaceId workspace) : IAsyncDisposable
{
    /// <summary>A server that was restarted has ended everybody's session: whoever had a lane then first notes what is out already.</summary>
    private static readonly TimeSpan NotedWithin = TimeSpan.FromSeconds(10);

    private readonly bool _isShared = db.Database.IsNpgsql();

    /// <summary>False while another host has the lane, or may still have something to note. Asked again on the way, because a session that broke has lost it.</summary>
    public async Task<bool> IsOursAsync(CancellationToken ct)
    {
        if (!_isShared)
        {
            return true;
        }

        await db.Database.OpenConnectionAsync(ct);
        return await db.Database.SqlQuery<bool>(
            $"SELECT CASE WHEN clock_timestamp() - pg_postmaster_start_time() > {NotedWithin} THEN pg_try_advisory_lock({Key(workspace)}) ELSE FALSE END AS \"Value\"").SingleAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isShared)
        {
            return;
        }

        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock_all()");
        }
        catch (Exception away) when (StoreAway.IsItself(away))
        {
            // The session has ended, and what it held with it.
        }

        await db.Database.CloseConnectionAsync();
    }

    /// <summary>The random half of the id.</summary>
    private static long Key(WorkspaceId workspace) => BinaryPrimitives.ReadInt64BigEndian(workspace.Value.ToByteArray(bigEndian: true).AsSpan(8));
}
