using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bot.Web;

/// <summary>Reads a body up to a limit of our own, so that whoever sends too much is answered.</summary>
public static class ReadBody
{
    /// <summary>
    /// Kestrel's limit would cut the connection under a sender who is still sending, and they would see that instead of our answer. Without
    /// it, what comes after the answer is read and thrown away for at most five seconds.
    /// </summary>
    public static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    /// <summary>The body in memory, read from its beginning; null, with the rest unread, when it is more than <paramref name="most"/> bytes.</summary>
    public static async Task<MemoryStream?> WithinAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, ct) is > 0 and var read)
        {
            if (body.Length + read > most)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        body.Position = 0;
        return body;
    }
}
